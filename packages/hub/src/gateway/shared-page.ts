/**
 * Bytes that several connections send. Their memory goes back as soon as nobody needs them: left to the collector, each
 * 20 MB of them would make it look through the whole heap, which took a quarter of the hub's time while somebody catches up.
 */
export class SharedPage {
  readonly text: Buffer;
  /** The tip that this page ends with, or null for a page that can never grow. */
  readonly tipIndex: number | null;
  #holders = 0;

  /** @param text bytes that nobody else uses */
  constructor(text: Buffer, tipIndex: number | null) {
    this.text = text;
    this.tipIndex = tipIndex;
  }

  /**
   * Returns what lets go again. Only call it once nothing reads the bytes any more, the system neither: after the last
   * one they are gone. Who never does leaves them to the collector.
   */
  hold(): () => void {
    this.#holders++;
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.#holders--;
      if (this.#holders === 0) free(this.text);
    };
  }
}

/** A short text shares its memory with others. */
function free({ buffer, length }: Buffer): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === length) buffer.transfer(0);
}
