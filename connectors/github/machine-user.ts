/** Words that people put into the login of an account that no person uses. */
const telling =
  /(?:^|[-_])(?:bot|ci|cd|robot|machine|automation|automated|svc|service|build|builder|deploy|deployer|release|sync|integration)(?:[-_]?\d+)?(?:$|[-_])/i;

/** A guess, for display only, and called one: GitHub does not tell a machine user from a person. */
export function machineUserGuess(
  login: string,
  { hasSamlIdentity, type }: { readonly hasSamlIdentity?: boolean; readonly type?: unknown },
): string | undefined {
  const signs = [
    ...(telling.test(login) ? ['its login reads like one'] : []),
    ...(hasSamlIdentity === false ? ['it has no SAML identity, others have'] : []),
    ...(type === 'Bot' ? ['GitHub calls it a bot'] : []),
  ];
  return signs.length === 0 ? undefined : `perhaps: ${signs.join('; ')}`;
}
