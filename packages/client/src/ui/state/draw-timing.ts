/** The bars of a draw fall for so long … */
export const DRAW_FALL_MS = 1500;
/** … and then the result stays until this long after the beginning. */
export const DRAW_SHOWN_MS = 5000;
