import { MAX_NAME_CODE_POINTS } from "pos-shared/model/limits.ts";

/** A free name like the one given: `anna` → `anna-2`, cut so that it stays a name. */
export function suggestName(name: string, isTaken: (candidate: string) => boolean): string {
  for (let n = 2; ; n++) {
    const suffix = `-${n}`;
    const candidate = [...name].slice(0, MAX_NAME_CODE_POINTS - suffix.length).join("") + suffix;
    if (!isTaken(candidate)) return candidate;
  }
}
