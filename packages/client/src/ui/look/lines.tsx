import { Box, Text } from "ink";
import { memo, type ReactNode } from "react";
import { fitLine, type Line, type Span } from "../format/line.ts";
import { toAscii } from "./ascii.ts";
import { type Look, useLook } from "./look.ts";

/** One line of the screen in exactly `width` columns. */
export const LineText = memo(function LineText({ line, width }: { line: Line; width: number }): ReactNode {
  const look = useLook();
  return (
    <Text wrap="truncate" {...colorProps(look, {})}>
      {fitLine(line, width).map((each, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a line have no identity of their own.
        <Text key={i} {...colorProps(look, each)} bold={each.isBold === true} inverse={each.isInverse === true}>
          {look.isAscii ? toAscii(each.text) : each.text}
        </Text>
      ))}
    </Text>
  );
});

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

function colorProps({ colors, hasColor }: Look, { tone }: Partial<Span>): { color?: string; backgroundColor?: string } {
  if (!hasColor) return {};
  const color = (tone === undefined ? undefined : colors.tones[tone]) ?? colors.text;
  return {
    ...(color === undefined ? {} : { color }),
    ...(colors.background === undefined ? {} : { backgroundColor: colors.background }),
  };
}
