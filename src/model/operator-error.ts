/** Where in a file the operator has to look. Lines and columns count from 1; `frame` is the quoted line with its caret. */
export type Position = { readonly file: string; readonly line?: number; readonly column?: number; readonly frame?: string };

/** One thing the operator can put right. */
export type Mistake = {
  readonly message: string;
  readonly hint?: string;
  readonly position?: Position;
  /** Where it differs from that of the whole error. */
  readonly code?: string;
};

/** The operator's mistake: usage, configuration, policy, source, login. Printed without a stack; exit code 2. */
export class OperatorError extends Error {
  override readonly name = 'OperatorError';
  readonly code: string;
  readonly mistakes: readonly Mistake[];

  /** `code` is stable and documented: `config-invalid`, `file-unreadable`, `login-missing`. All mistakes of a file come at once. */
  constructor(code: string, mistakes: Mistake | readonly Mistake[]) {
    const list = 'message' in mistakes ? [mistakes] : mistakes;
    super(list.map((mistake) => mistake.message).join('; '));
    this.code = code;
    this.mistakes = list;
  }
}
