import { type Look, type Surface, defineSurface } from '../../src/connector/contract.ts';
import { required } from '../../src/connector/item.ts';
import { type Fact, absent, known, unknown, valueOf } from '../../src/model/fact.ts';
import { type Identity, identity } from '../../src/model/identity.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import type { CredentialReport } from './credential-report.ts';
import {
  type Root,
  type Where,
  certificatesOf,
  everything,
  expectCount,
  keysOf,
  passwordOf,
  reported,
  reporting,
  summarising,
  told,
} from './iam-root-credentials.ts';
import { type RootKey, readRootKeys, rootKey } from './iam-root-key.ts';
import { rootAccessKeyKind, rootCertificateKind, rootPasswordKind, rootUserKind } from './iam-root-kinds.ts';
import { lastUse } from './report-row.ts';
import type { AccountSession } from './session.ts';

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html

const parts = { user: userOf, password: passwordOf, keys: keysOf, certificates: certificatesOf } as const;
/** `keys`: read as the root user himself, in place of what the summary and the report tell of them. */
type RawRoot = Root & { readonly part: keyof typeof parts; readonly keys?: readonly RootKey[] };

const facts = {
  rotatedAt: 'exposed',
  lastUsedAt: 'exposed',
  expiresAt: 'never',
  notBefore: 'never',
  privilege: 'exposed',
} as const;
const fromReport = ['createdAt', 'rotatedAt', 'lastUsedAt'] as const;

export const iamRootUser: Surface<AccountSession> = defineSurface<AccountSession, RawRoot>({
  id: 'aws.iam_root_user',
  title: 'Root user and its credentials',
  source: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html',
  level: 'account',
  kinds: [
    { kind: rootUserKind, facts: { createdAt: 'exposed', lastUsedAt: 'exposed', expiresAt: 'never', privilege: 'exposed' } },
    { kind: rootPasswordKind, facts },
    { kind: rootAccessKeyKind, facts: { createdAt: 'exposed', ...facts } },
    { kind: rootCertificateKind, facts: { rotatedAt: 'exposed', privilege: 'exposed' } },
  ],
  operations: [
    { call: summarising, permission: summarising },
    { call: reporting, permission: reporting, facts: fromReport },
    { call: 'iam:GenerateCredentialReport', permission: 'iam:GenerateCredentialReport', facts: fromReport },
  ],

  async *list(session, look) {
    const report = await look.learn(async () => known(await session.credentialReport()));
    const answer = await session.iam.getAccountSummary({}, { abortSignal: look.signal });
    const summary = required(answer.SummaryMap, 'SummaryMap');
    const root: Root = {
      counted: {
        keys: summary.AccountAccessKeysPresent,
        password: summary.AccountPasswordPresent,
        mfa: summary.AccountMFAEnabled,
        certificates: summary.AccountSigningCertificatesPresent,
      },
      row: rowOfRoot(report),
      reportedAt: valueOf(report)?.generatedAt,
    };
    const keys = await keysAsRoot(session, look);
    for (const part of ['user', 'password', 'keys', 'certificates'] as const) yield [{ ...root, part, ...(keys ? { keys } : {}) }];
  },

  normalize({ part, keys, ...root }, { session, observedAt }): readonly InventoryRecord[] {
    const where = { scope: session.scope, arn: session.rootArn, observedAt };
    return part === 'keys' && keys ? keys.map((key) => rootKey(key, where)) : parts[part](root, where);
  },
});

/** Undefined where nobody may be the root user: then the report has to do. */
async function keysAsRoot({ scope, root }: AccountSession, look: Look): Promise<readonly RootKey[] | undefined> {
  if (!root) return undefined;
  try {
    return await readRootKeys(await root(), look);
  } catch (error) {
    look.gap(`${scope}/root`, error);
    return undefined;
  }
}

function userOf({ counted, row, reportedAt }: Root, { scope, arn, observedAt }: Where): readonly Identity[] {
  return [
    identity({
      id: arn,
      kind: rootUserKind.id,
      provider: 'aws',
      scope,
      name: 'root',
      status: 'active',
      managedBy: 'customer',
      createdAt: told(row, ({ createdAt }) => createdAt),
      lastUsedAt: told(row, lastUse),
      expiresAt: absent(),
      purpose: unknown('not-offered'),
      ...everything,
      owners: [],
      tags: {},
      evidence: [{ operation: summarising, observedAt, fields: ['privilege'] }, ...reported(['createdAt', 'lastUsedAt'], reportedAt)],
      details: { mfa: expectCount(counted.mfa, 'AccountMFAEnabled') > 0 ? 'yes' : 'no' },
    }),
  ];
}

function rowOfRoot(report: Fact<CredentialReport>): Root['row'] {
  if (report.state !== 'known') return report.state === 'unknown' ? report : unknown('not-looked');
  const { root } = report.value;
  return root ? known(root) : unknown('not-offered', 'the credential report has no row of the root user');
}
