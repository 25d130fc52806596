/** The login lacks permissions, seen before GitHub was asked, or told by what it left out. */
export class NotGrantedError extends Error {
  override readonly name = 'NotGrantedError';
  readonly requires: readonly string[];

  constructor(message: string, requires: readonly string[]) {
    super(message);
    this.requires = requires;
  }
}

/** What is asked for is off for everybody, as the tokens of members are where there is no single sign-on. */
export class NotEnabledError extends Error {
  override readonly name = 'NotEnabledError';
}
