import { createContext, useContext, useSyncExternalStore } from "react";
import type { ScreenState, ScreenStore } from "./screen-store.ts";

export const StoreContext = createContext<ScreenStore | null>(null);

export function useStore(): ScreenStore {
  const store = useContext(StoreContext);
  if (store === null) throw new Error("the screen's store is missing above this component");
  return store;
}

/** A part of the screen's state; the component renders anew only when that part is another value. */
export function useScreen<T>(select: (state: ScreenState) => T): T {
  const store = useStore();
  return useSyncExternalStore(store.subscribe, () => select(store.getState()));
}
