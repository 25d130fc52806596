// https://learn.microsoft.com/en-us/entra/workload-id/workload-identities-flexible-federated-identity-credentials
/** What a flexible federated credential asks of a token: its subject, with `*` for any text, and whether other claims narrow it further. */
export type Claims = { readonly subject: string; readonly isNarrowed: boolean };

/** The samples for managed identities leave the quotes out. */
const clause = /^claims\['([^']+)'\]\s+(?:matches|eq)\s+(?:'([^']*)'|(\S+))$/;

/** The directory takes 600 characters; taking a longer text apart may cost time without end. */
const longest = 2000;

/** Undefined where it says something that is not in the language that is documented. */
export function claimsIn(expression: string): Claims | undefined {
  if (expression.length > longest) return undefined;
  const clauses = expression.split(/\s+and\s+(?=claims\[)/).map((each) => clause.exec(each.trim()));
  if (!clauses.every((each) => each !== null)) return undefined;
  const asked = clauses.map(([, claim = '', quoted, bare]) => ({ claim, pattern: quoted ?? bare ?? '' }));
  const [first, ...more] = asked.filter(({ claim }) => claim === 'sub');
  if (more.length > 0) return undefined;
  return { subject: first?.pattern ?? '*', isNarrowed: asked.some(({ claim, pattern }) => claim !== 'sub' && !/^\**$/.test(pattern)) };
}
