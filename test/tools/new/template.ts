/** How a new thing starts. */
export type Template = {
  /** What a name looks like, for the message when it does not. */
  readonly example: string;
  readonly name: RegExp;
  start(name: string, root: string): Promise<Start>;
};
export type Start = {
  /** Path below the repository -> text. */
  readonly files: Readonly<Record<string, string>>;
  /** What is left to do by hand, in order. */
  readonly next: readonly string[];
};

/** `iam_ssh_key` or `iam-ssh-key` -> `iamSshKey`. */
export function camelCase(name: string): string {
  return name.replaceAll(/[-_]([a-z0-9])/g, (_whole, letter: string) => letter.toUpperCase());
}

export function pascalCase(name: string): string {
  return camelCase(`-${name}`);
}

/** `iam_ssh_key` -> `iam ssh key`. */
export function words(name: string): string {
  return name.replaceAll(/[-_]/g, ' ');
}
