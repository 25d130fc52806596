/** What two writings of one name have in common: case, outer blanks and compatibility forms do not count; a `+tag` does. */
export function joinKey(text: string): string {
  return text.normalize('NFKC').toLowerCase().normalize('NFKC').trim();
}
