import type { SourceCredentialsInfo } from '@aws-sdk/client-codebuild';
import { type Surface, defineSurface } from '../../src/connector/contract.ts';
import { required } from '../../src/connector/item.ts';
import { credential } from '../../src/model/credential.ts';
import { absent, unknown } from '../../src/model/fact.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import type { RegionSession } from './session.ts';

// https://docs.aws.amazon.com/codebuild/latest/APIReference/API_SourceCredentialsInfo.html

export const codebuildSourceCredentialKind = defineKind({
  id: 'aws.codebuild_source_credential',
  title: 'Source credential of CodeBuild',
  record: 'credential',
  proves: 'Reads repositories, and sets up webhooks in them, for every build project of its region.',
  remedy: { delete: 'aws codebuild delete-source-credentials --arn {id} --region {scope.region}' },
  traits: {
    expiry: 'never',
    rotation: 'in-place',
    proof: 'bearer',
    revocation: {
      seen: ['ListSourceCredentials no longer shows it', 'the source provider no longer lists the token or the authorization'],
      tokensLive: null,
    },
    takesWith: [],
    leavesBehind: [],
  },
});

type RawCredential = Pick<SourceCredentialsInfo, 'arn' | 'serverType' | 'authType' | 'resource'>;

const listing = 'codebuild:ListSourceCredentials';

export const codebuildSourceCredential: Surface<RegionSession> = defineSurface<RegionSession, RawCredential>({
  id: 'aws.codebuild_source_credential',
  title: 'CodeBuild source credentials',
  source: 'https://docs.aws.amazon.com/codebuild/latest/APIReference/API_ListSourceCredentials.html',
  level: 'region',
  kinds: [{ kind: codebuildSourceCredentialKind, facts: { expiresAt: 'not-offered' } }],
  operations: [{ call: listing, permission: listing }],

  // One for each source provider: there are no pages.
  async *list({ service }, look) {
    const { CodeBuildClient, ListSourceCredentialsCommand } = await import('@aws-sdk/client-codebuild');
    const client = await service(() => Promise.resolve(CodeBuildClient));
    const answer = await client.send(new ListSourceCredentialsCommand({}), { abortSignal: look.signal });
    for (const { arn, serverType, authType, resource } of required(answer.sourceCredentialsInfos, 'sourceCredentialsInfos')) {
      yield [{ arn, serverType, authType, resource }];
    }
  },

  normalize({ arn, serverType, authType, resource }, { session, observedAt }): readonly InventoryRecord[] {
    const id = required(arn, 'arn');
    // It only names a secret, which Secrets Manager lists.
    if (authType === 'SECRETS_MANAGER') return [];
    return [
      credential({
        id,
        kind: codebuildSourceCredentialKind.id,
        provider: 'aws',
        scope: session.scope,
        name: id.slice(id.lastIndexOf(':') + 1),
        identity: absent(),
        status: 'active',
        managedBy: 'customer',
        createdAt: unknown('not-offered'),
        rotatedAt: unknown('not-offered'),
        lastUsedAt: unknown('not-offered'),
        // A token may have an end at the source provider.
        expiresAt: unknown('not-offered'),
        notBefore: unknown('not-offered'),
        purpose: unknown('not-offered'),
        privilege: unknown('not-offered'),
        fingerprint: unknown('not-offered'),
        consumers: unknown('not-offered'),
        owners: [],
        tags: {},
        evidence: [{ operation: listing, observedAt, fields: ['name', 'status'] }],
        details: {
          ...(serverType === undefined ? {} : { sourceProvider: serverType }),
          ...(authType === undefined ? {} : { authorization: authType }),
          ...(resource === undefined ? {} : { connection: resource }),
        },
      }),
    ];
  },
});
