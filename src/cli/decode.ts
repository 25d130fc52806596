import { type Buffer, isUtf8 } from 'node:buffer';
import { frame } from '../document/frame.ts';
import { OperatorError } from '../model/operator-error.ts';

/**
 * The text of a file in UTF-8. Throws OperatorError `file-unreadable` for any other: a name of which a letter became a question mark is
 * another name, and leads to nobody.
 */
export function decoded(bytes: Buffer, file: string, what: string): string {
  const text = bytes.toString('utf8');
  const zero = text.indexOf('\0');
  if (zero === -1 && isUtf8(bytes)) return text;
  const at = zero === -1 ? text.indexOf(replaced) : zero;
  const line = text.slice(0, at).split('\n').length;
  const column = at - text.lastIndexOf('\n', at - 1);
  throw new OperatorError('file-unreadable', {
    message: `${what} ${file} is not UTF-8 text${encodingOf(bytes, zero !== -1)}`,
    hint: file.endsWith('.csv') ? 'save it as UTF-8; Excel calls that "CSV UTF-8"' : 'save it as UTF-8',
    position: { file, line, column, frame: frame(text, { line, column, length: 1 }) },
  });
}

/** What a decoder puts in the place of bytes that are no character. */
const replaced = '\uFFFD';

/** UTF-16 begins with a mark, or has a zero byte beside each plain letter. */
function encodingOf(bytes: Buffer, hasZeros: boolean): string {
  const isMarked = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (isMarked || (hasZeros && (bytes[0] === 0) !== (bytes[1] === 0))) return ', but UTF-16';
  return hasZeros ? ': it holds a zero byte' : '';
}
