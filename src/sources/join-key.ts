/** What two writings of one name have in common: case, outer blanks and compatibility forms do not count; a `+tag` does. */
export function joinKey(text: string): string {
  // Nothing else has forms to be made alike, and a roster asks for each name several times.
  if (/^[!-~]*$/.test(text)) return text.toLowerCase();
  return text.normalize('NFKC').toLowerCase().normalize('NFKC').trim();
}
