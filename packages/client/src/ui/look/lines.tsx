import { Box, Text } from "ink";
import { memo, type ReactNode } from "react";
import { fitLine, isSameLine, joinStyles, type Line, type Span } from "../format/line.ts";
import { toAscii } from "./ascii.ts";
import { type Look, useLook } from "./look.ts";

export interface LineTextProps {
  readonly line: Line;
  readonly width: number;
}

/** One line of the screen in exactly `width` columns. */
export const LineText = memo(
  function LineText({ line, width }: LineTextProps): ReactNode {
    const look = useLook();
    return (
      <Text wrap="truncate" {...colorOf(look, undefined)}>
        {joinStyles(fitLine(line, width)).map((each, i) => styled(each, i, look))}
      </Text>
    );
  },
  (before, after) => before.width === after.width && isSameLine(before.line, after.line),
);

/** Text without a style of its own stands as it is, which Ink renders much faster. */
function styled({ text, tone, isBold = false, isInverse = false }: Span, key: number, look: Look): ReactNode {
  const shown = look.isAscii ? toAscii(text) : text;
  if (tone === undefined && !isBold && !isInverse) return shown;
  return (
    <Text key={key} {...colorOf(look, tone)} bold={isBold} inverse={isInverse}>
      {shown}
    </Text>
  );
}

export interface LinesProps {
  readonly lines: readonly Line[];
  readonly width: number;
  /** Rows to show; what is longer is cut, what is shorter is left empty. */
  readonly height: number;
}

/** Lines below each other, in exactly `width` × `height` cells. */
export function Lines({ lines, width, height }: LinesProps): ReactNode {
  return (
    <Box flexDirection="column" flexShrink={0} width={width} height={height}>
      {lines.slice(0, height).map((line, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its place.
        <LineText key={i} line={line} width={width} />
      ))}
    </Box>
  );
}

/** The colour of a tone, none where colour is off; the background comes from the whole screen. */
function colorOf({ colors, hasColor }: Look, tone: Span["tone"]): { color?: string } {
  const color = (tone === undefined ? undefined : colors.tones[tone]) ?? colors.text;
  return hasColor && color !== undefined ? { color } : {};
}
