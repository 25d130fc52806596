/** What may stand next. `first`: in a list or map that may also end at once. */
type Wanted = 'value' | 'first value' | 'key' | 'first key' | 'colon' | 'separator';

const blanks = /[\t\n\r ]*/y;
const token = /[[\]{}:,]|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const plain = /[^"\\\u0000-\u001f]*/y;
const escape = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;

/** Offset of the first token that cannot stand where it does, in text that is no JSON. `JSON.parse` tells it for some mistakes only. */
export function problemOffset(text: string): number {
  const open: ('[' | '{')[] = [];
  let wanted: Wanted = 'value';
  let at = 0;
  for (;;) {
    at += taken(blanks, text, at)?.length ?? 0;
    const isOver = open.length === 0 && wanted === 'separator';
    const found = text[at] === '"' ? textAt(text, at) : taken(token, text, at);
    if (found === undefined || isOver) return at;
    const next = following(found, wanted, open);
    if (next === undefined) return at;
    wanted = next;
    at += found.length;
  }
}

function taken(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

/** A whole text with its marks, piece by piece: one pattern for all of it would fail on one that is very long. */
function textAt(text: string, start: number): string | undefined {
  let at = start + 1;
  for (;;) {
    at += taken(plain, text, at)?.length ?? 0;
    if (text[at] === '"') return text.slice(start, at + 1);
    const escaped = taken(escape, text, at);
    if (escaped === undefined) return undefined;
    at += escaped.length;
  }
}

/** What may stand after a token; undefined where the token itself may not stand. Opens and closes lists and maps. */
function following(found: string, wanted: Wanted, open: ('[' | '{')[]): Wanted | undefined {
  if (found === ']' || found === '}') {
    const isRight = open.at(-1) === (found === ']' ? '[' : '{');
    if (!isRight || (wanted !== 'separator' && wanted !== (found === ']' ? 'first value' : 'first key'))) return undefined;
    open.pop();
    return 'separator';
  }
  if (found === ',') return wanted !== 'separator' ? undefined : open.at(-1) === '{' ? 'key' : 'value';
  if (found === ':') return wanted === 'colon' ? 'value' : undefined;
  if (wanted === 'key' || wanted === 'first key') return found.startsWith('"') ? 'colon' : undefined;
  if (wanted !== 'value' && wanted !== 'first value') return undefined;
  if (found !== '[' && found !== '{') return 'separator';
  open.push(found);
  return found === '[' ? 'first value' : 'first key';
}
