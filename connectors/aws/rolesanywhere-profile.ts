import type { ProfileDetail } from '@aws-sdk/client-rolesanywhere';
import { type Surface, defineSurface } from '../../src/connector/contract.ts';
import { fanOut } from '../../src/connector/fan-out.ts';
import { required, time } from '../../src/connector/item.ts';
import { type Fact, absent, known, unknown } from '../../src/model/fact.ts';
import { grant } from '../../src/model/grant.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import { serviceBudget } from './budget.ts';
import { pagesOf } from './pages.ts';
import { rolesAnywhere, rolesAnywhereTags, rolesAnywhereTagsOf } from './rolesanywhere-reads.ts';
import type { RegionSession } from './session.ts';
import { type Tags, toldTags } from './told-tags.ts';

// https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_ProfileDetail.html

export const rolesanywhereProfileKind = defineKind({
  id: 'aws.rolesanywhere_profile',
  title: 'Roles Anywhere profile',
  record: 'grant',
  proves: 'Lets holders of trusted certificates have the roles that it lists.',
  remedy: {
    disable: 'aws rolesanywhere disable-profile --profile-id {id/-1} --region {scope.region}',
    delete: 'aws rolesanywhere delete-profile --profile-id {id/-1} --region {scope.region}',
  },
  traits: {
    expiry: 'never',
    rotation: 'none',
    proof: 'none',
    revocation: { seen: ['ListProfiles shows it disabled, or no longer'], tokensLive: '12h' },
    takesWith: [],
    leavesBehind: ['aws.iam_role', 'aws.rolesanywhere_trust_anchor'],
  },
});

type Kept = 'profileArn' | 'name' | 'enabled' | 'createdAt' | 'roleArns' | 'durationSeconds';
type Profile = { readonly [F in Kept]: ProfileDetail[F] | undefined };
type RawProfile = { readonly profile: Profile; readonly tags: Fact<Tags> };

const listing = 'rolesanywhere:ListProfiles';

export const rolesanywhereProfile: Surface<RegionSession> = defineSurface<RegionSession, RawProfile>({
  id: 'aws.rolesanywhere_profile',
  title: 'Roles Anywhere profiles',
  source: 'https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_ListProfiles.html',
  level: 'region',
  kinds: [{ kind: rolesanywhereProfileKind, facts: { createdAt: 'exposed', expiresAt: 'never', owner: 'from-tags' } }],
  operations: [
    { call: listing, permission: listing },
    { call: rolesAnywhereTags, permission: rolesAnywhereTags, facts: ['owner'] },
  ],

  async *list(session, look) {
    const { ListProfilesCommand } = await import('@aws-sdk/client-rolesanywhere');
    const client = await rolesAnywhere(session);
    const pages = pagesOf('profiles', async (token) => {
      const page = await client.send(new ListProfilesCommand(token === undefined ? {} : { nextToken: token }), {
        abortSignal: look.signal,
      });
      return { items: page.profiles?.map(toProfile), next: page.nextToken };
    });
    for await (const page of pages) {
      const raw: RawProfile[] = [];
      const tagged = fanOut(page, serviceBudget.concurrency, async (profile) => ({
        profile,
        tags: await look.learn(() => rolesAnywhereTagsOf(client, look.signal, required(profile.profileArn, 'profileArn'))),
      }));
      for await (const each of tagged) raw.push(each);
      yield raw;
    }
  },

  normalize({ profile, tags }, { session, observedAt }): readonly InventoryRecord[] {
    const told = toldTags(tags, rolesAnywhereTags, observedAt);
    return [
      grant({
        id: required(profile.profileArn, 'profileArn'),
        kind: rolesanywhereProfileKind.id,
        provider: 'aws',
        scope: session.scope,
        name: required(profile.name, 'name'),
        // Whoever a trust anchor lets in.
        identity: absent(),
        permission: known(required(profile.roleArns, 'roleArns').toSorted().join(' ')),
        status: profile.enabled === undefined ? 'unknown' : profile.enabled ? 'active' : 'inactive',
        managedBy: 'customer',
        createdAt: time(profile.createdAt),
        lastUsedAt: unknown('not-offered'),
        expiresAt: absent(),
        purpose: unknown('not-offered'),
        privilege: unknown('not-looked', 'it is that of the roles it lists'),
        owners: [],
        ...told.owners,
        tags: told.tags,
        evidence: [{ operation: listing, observedAt, fields: ['status', 'createdAt', 'permission'] }, ...told.evidence],
        details: profile.durationSeconds === undefined ? {} : { sessionSeconds: String(profile.durationSeconds) },
      }),
    ];
  },
});

function toProfile({ profileArn, name, enabled, createdAt, roleArns, durationSeconds }: ProfileDetail): Profile {
  return { profileArn, name, enabled, createdAt, roleArns, durationSeconds };
}
