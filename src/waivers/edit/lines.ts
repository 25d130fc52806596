/** Start of the line that an offset stands on. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Start of the line after it; the end of the text where there is none. */
export function nextLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end + 1;
}

export function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

/** Offset behind the last thing that is neither blank nor a line end, between the two. */
export function contentEnd(text: string, from: number, to: number): number {
  return from + text.slice(from, to).trimEnd().length;
}

export function isBlank(line: string): boolean {
  return line.trim() === '';
}

export function isComment(line: string): boolean {
  return line.trimStart().startsWith('#');
}

/** A text of several lines, each moved right. */
export function indented(text: string, by: number, eol: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? line : `${' '.repeat(by)}${line}`))
    .join(eol);
}
