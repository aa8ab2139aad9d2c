import "ws";

declare module "ws" {
  /** Exported by ws and documented in its source; only its types leave it out. */
  export const Sender: {
    /** The parts of one frame (RFC 6455 §5.2), header first. */
    frame(
      data: Buffer,
      options: { readonly fin: boolean; readonly opcode: number; readonly mask: boolean; readonly readOnly: boolean },
    ): Buffer[];
  };
}
