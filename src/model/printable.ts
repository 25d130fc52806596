/**
 * Makes text from a provider or a file safe for a terminal: control characters, escape sequences and characters that reorder
 * what is shown (bidirectional marks) become visible placeholders. Names in clouds are chosen by anybody.
 */
export function printable(text: string): string {
  return text.replaceAll(unsafe, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const unsafe = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/gu;
