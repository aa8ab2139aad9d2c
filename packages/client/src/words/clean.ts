// Controls, format characters (bidi among them), surrogates, private and unassigned ones, separators of lines, and
// variation selectors: each of them could move the cursor, hide text or change a width.
const UNSHOWABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|\p{Variation_Selector}/gu;

/** A text from outside, as from a hub or a file of evidence, without anything that would steer the terminal. */
export function clean(text: string): string {
  return text.replaceAll(UNSHOWABLE, "");
}
