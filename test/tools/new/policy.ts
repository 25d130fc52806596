import { type Template, words } from './template.ts';

export const policy: Template = {
  example: 'rotation/long-lived-credential',
  name: /^[a-z]+(?:-[a-z]+)*\/[a-z0-9]+(?:-[a-z0-9]+)*$/,
  async start(name) {
    return {
      files: { [`policies/${name}.yaml`]: yaml(name) },
      next: [
        'say in title, why and fix what must be true, why it matters and what to do',
        'let match and assert say it to the program: overdue policy validate, overdue policy test --coverage',
        'cover it in policies/sets where no pattern does yet',
        'npm run docs',
      ],
    };
  },
};

function yaml(name: string): string {
  const title = words(name.split('/')[1] ?? name);
  return `# yaml-language-server: $schema=../../schemas/policy.schema.json
apiVersion: overdue/v1
kind: Policy
id: ${name}
title: ${title.charAt(0).toUpperCase()}${title.slice(1)}
status: experimental
severity: medium
subject: credential
match: { traits: { rotation: replace }, states: [active] }
assert: { rotation: { maxAge: 90d } }
why: What can go wrong as long as this does not hold, in one or two sentences.
fix: What to do about it, step by step, in the order that breaks nothing.
mapsTo:
  owasp-nhi-2025: ["NHI7:2025"]
references: [https://owasp.org/www-project-non-human-identities-top-10/2025/top-10-2025]
examples:
  - { name: ten days old, given: { kind: aws.iam_access_key, rotatedAt: 10d ago }, expect: pass }
  - { name: ninety-one days old, given: { kind: aws.iam_access_key, rotatedAt: 91d ago }, expect: fail }
  - { name: the provider does not say, given: { kind: aws.iam_access_key, rotatedAt: unknown }, expect: unknown }
`;
}
