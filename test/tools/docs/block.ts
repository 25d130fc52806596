/** `text` with the block between `<!-- name -->` and `<!-- /name -->` replaced. */
export function filled(text: string, name: string, content: string): string {
  const start = `<!-- ${name} -->`;
  const end = `<!-- /${name} -->`;
  const [before, rest] = text.split(start);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`there is no block ${start}`);
  return `${before}${start}\n\n${content}\n\n${end}${after}`;
}
