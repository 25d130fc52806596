import { describe, expect, test } from 'vitest';
import { json } from './client.ts';
import { deniedTo, lookAt, seconds } from './one-surface.ts';

const made = seconds('2025-01-01T00:00:00Z');
const later = seconds('2026-06-01T00:00:00Z');
const arn = 'arn:aws:bedrock-agentcore:eu-west-1:111122223333:token-vault/default/apikeycredentialprovider/search';
const provider = { name: 'search', credentialProviderArn: arn, createdTime: made, lastUpdatedTime: later };
const tags = json({ tags: { owner: 'platform-team' } });
const secret = { secretArn: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:search' };

describe('an API key provider', () => {
  const provided = (described: object) =>
    lookAt('aws.agentcore_api_key_provider', {
      'bedrock-agentcore:ListApiKeyCredentialProviders': json({ credentialProviders: [provider] }),
      'bedrock-agentcore:GetApiKeyCredentialProvider': json({ ...provider, apiKeySecretArn: secret, ...described }),
      'bedrock-agentcore:ListTagsForResource': tags,
    });

  test('has a new key since its last update, which is all that an update can change', async () => {
    const { credentials } = await provided({ apiKeySecretSource: 'MANAGED' });
    expect(credentials).toMatchObject([
      { createdAt: '2025-01-01T00:00:00Z', rotatedAt: '2026-06-01T00:00:00Z', tags: { owner: 'platform-team' } },
    ]);
  });

  test("that uses a secret of the customer's own is not that secret a second time", async () => {
    const { credentials, rows } = await provided({ apiKeySecretSource: 'EXTERNAL' });
    expect(credentials).toEqual([]);
    expect(rows).toMatchObject([{ state: 'complete', count: 0 }]);
  });
});

describe('an OAuth2 provider', () => {
  const provided = (lastUpdatedTime: number, described = json({ ...provider, clientSecretArn: secret, clientSecretSource: 'MANAGED' })) =>
    lookAt('aws.agentcore_oauth2_provider', {
      'bedrock-agentcore:ListOauth2CredentialProviders': json({
        credentialProviders: [{ ...provider, lastUpdatedTime, credentialProviderVendor: 'GithubOauth2' }],
      }),
      'bedrock-agentcore:GetOauth2CredentialProvider': described,
      'bedrock-agentcore:ListTagsForResource': tags,
    });

  test('has its first secret as long as it was not updated', async () => {
    expect((await provided(made)).credentials).toMatchObject([{ rotatedAt: '2025-01-01T00:00:00Z', details: { vendor: 'GithubOauth2' } }]);
  });

  test('may have its first secret after an update of something else', async () => {
    expect((await provided(later)).credentials[0]?.unknown).toMatchObject({ rotatedAt: { why: 'not-offered' } });
  });

  test('that may not be described is listed', async () => {
    const { credentials, rows } = await provided(made, deniedTo('bedrock-agentcore:GetOauth2CredentialProvider'));
    expect(credentials[0]?.unknown).toMatchObject({ rotatedAt: { why: 'permission-denied' } });
    expect(rows).toMatchObject([{ state: 'complete', count: 1 }]);
  });
});
