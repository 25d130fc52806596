import type { RolesAnywhereClient, SubjectSummary } from '@aws-sdk/client-rolesanywhere';
import { type Look, type Surface, defineSurface } from '../../src/connector/contract.ts';
import { fanOut } from '../../src/connector/fan-out.ts';
import { required, time, timeOrAbsent } from '../../src/connector/item.ts';
import { type Fact, absent, unknown, valueOf } from '../../src/model/fact.ts';
import { identity } from '../../src/model/identity.ts';
import { type Instant, epoch } from '../../src/model/instant.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import { serviceBudget } from './budget.ts';
import { pagesOf } from './pages.ts';
import {
  type SubjectCertificate,
  rolesanywhereCertificateKind,
  subjectCertificate,
  toSubjectCertificate,
} from './rolesanywhere-certificate.ts';
import { rolesAnywhere, rolesAnywhereTags, rolesAnywhereTagsOf } from './rolesanywhere-reads.ts';
import type { RegionSession } from './session.ts';
import { type Tags, toldTags } from './told-tags.ts';

// https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_SubjectDetail.html

export const rolesanywhereSubjectKind = defineKind({
  id: 'aws.rolesanywhere_subject',
  title: 'Roles Anywhere subject',
  record: 'identity',
  proves: 'Has asked for the credentials of a role with a certificate of this name.',
  traits: {
    expiry: 'never',
    rotation: 'none',
    proof: 'none',
    revocation: { seen: ['its certificates are on a revocation list that Roles Anywhere has, or past their end'], tokensLive: '12h' },
    takesWith: [],
    leavesBehind: [rolesanywhereCertificateKind.id],
  },
});

type Kept = 'subjectArn' | 'subjectId' | 'x509Subject' | 'enabled' | 'createdAt' | 'lastSeenAt';
type Subject = { readonly [F in Kept]: SubjectSummary[F] | undefined };
type RawSubject = { readonly subject: Subject; readonly certificates: readonly SubjectCertificate[]; readonly tags: Fact<Tags> };

const listing = 'rolesanywhere:ListSubjects';
const reading = 'rolesanywhere:GetSubject';

export const rolesanywhereSubject: Surface<RegionSession> = defineSurface<RegionSession, RawSubject>({
  id: 'aws.rolesanywhere_subject',
  title: 'Roles Anywhere subjects and their certificates',
  source: 'https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_ListSubjects.html',
  level: 'region',
  kinds: [
    { kind: rolesanywhereSubjectKind, facts: { createdAt: 'exposed', lastUsedAt: 'exposed', expiresAt: 'never', owner: 'from-tags' } },
    {
      kind: rolesanywhereCertificateKind,
      facts: { lastUsedAt: 'exposed', expiresAt: 'exposed', notBefore: 'exposed', fingerprint: 'exposed', owner: 'from-tags' },
    },
  ],
  operations: [
    { call: listing, permission: listing },
    { call: reading, permission: reading },
    { call: rolesAnywhereTags, permission: rolesAnywhereTags, facts: ['owner'] },
  ],

  async *list(session, look) {
    const { ListSubjectsCommand } = await import('@aws-sdk/client-rolesanywhere');
    const client = await rolesAnywhere(session);
    const refused: { readonly id: string; readonly error: unknown }[] = [];
    let read = 0;
    const pages = pagesOf('subjects', async (token) => {
      const page = await client.send(new ListSubjectsCommand(token === undefined ? {} : { nextToken: token }), {
        abortSignal: look.signal,
      });
      return { items: page.subjects?.map(toSubject), next: page.nextToken };
    });
    for await (const page of pages) {
      const raw: RawSubject[] = [];
      for await (const each of fanOut(page, serviceBudget.concurrency, (subject) => withDetails(client, look, subject))) {
        raw.push(each);
        if ('error' in each) refused.push({ id: each.subject.subjectId ?? '', error: each.error });
        else read += 1;
      }
      yield raw;
    }
    const [first] = refused;
    if (first && read === 0) look.gap(`${session.scope}/subject-certificates`, first.error);
    else for (const { id, error } of refused) look.gap(`${session.scope}/subject/${id}`, error);
  },

  normalize({ subject, certificates, tags }, { session, observedAt }): readonly InventoryRecord[] {
    const id = required(subject.subjectArn, 'subjectArn');
    const name = required(subject.x509Subject, 'x509Subject');
    const told = toldTags(tags, rolesAnywhereTags, observedAt);
    // Roles Anywhere remembers every certificate it ever saw, and nobody can delete one: past its end it is history, and opens nothing.
    const live = certificates.filter(({ expiresAt }) => !isPast(expiresAt, observedAt));
    const ended = certificates.length - live.length;
    return [
      identity({
        id,
        kind: rolesanywhereSubjectKind.id,
        provider: 'aws',
        scope: session.scope,
        name,
        status: subject.enabled === undefined ? 'unknown' : subject.enabled ? 'active' : 'inactive',
        managedBy: 'customer',
        createdAt: time(subject.createdAt),
        lastUsedAt: timeOrAbsent(subject.lastSeenAt),
        expiresAt: absent(),
        purpose: unknown('not-offered'),
        privilege: unknown('not-looked', 'it is that of the roles in profiles'),
        owners: [],
        ...told.owners,
        tags: told.tags,
        evidence: [{ operation: listing, observedAt, fields: ['status', 'createdAt', 'lastUsedAt'] }, ...told.evidence],
        details: ended === 0 ? {} : { endedCertificates: String(ended) },
      }),
      ...live.map((certificate) => subjectCertificate(certificate, { id, name }, { scope: session.scope, operation: reading, observedAt })),
    ];
  },
});

function toSubject({ subjectArn, subjectId, x509Subject, enabled, createdAt, lastSeenAt }: SubjectSummary): Subject {
  return { subjectArn, subjectId, x509Subject, enabled, createdAt, lastSeenAt };
}

type Detailed = RawSubject | (RawSubject & { readonly error: unknown });

/** That its certificates cannot be read does not hide the subject. */
async function withDetails(client: RolesAnywhereClient, look: Look, subject: Subject): Promise<Detailed> {
  const arn = subject.subjectArn;
  const tags = look.learn(() => rolesAnywhereTagsOf(client, look.signal, required(arn, 'subjectArn')));
  try {
    const certificates = await readCertificatesOf(client, look.signal, required(subject.subjectId, 'subjectId'));
    return { subject, certificates, tags: await tags };
  } catch (error) {
    return { subject, certificates: [], tags: await tags, error };
  }
}

async function readCertificatesOf(
  client: RolesAnywhereClient,
  signal: AbortSignal,
  subjectId: string,
): Promise<readonly SubjectCertificate[]> {
  const { GetSubjectCommand } = await import('@aws-sdk/client-rolesanywhere');
  const { subject } = await client.send(new GetSubjectCommand({ subjectId }), { abortSignal: signal });
  return (required(subject, 'subject').credentials ?? []).map(toSubjectCertificate);
}

function isPast(end: Fact<Instant>, now: Instant): boolean {
  const at = valueOf(end);
  return at !== undefined && epoch(at) <= epoch(now);
}
