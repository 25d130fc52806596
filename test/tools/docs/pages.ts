/** Path below the repository -> text. Everything here is made from declarations, so that nobody repeats them by hand. */
export type Pages = ReadonlyMap<string, string>;
