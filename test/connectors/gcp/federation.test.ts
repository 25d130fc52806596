import { describe, expect, test } from 'vitest';
import type { WireRequest } from '../../../src/connector/wire.ts';
import { type Answer, type Seen, lookAtGoogle, refused } from './rig.ts';

const pool = 'projects/1/locations/global/workloadIdentityPools/p';
const github = { issuerUri: 'https://token.actions.githubusercontent.com' };
const keySet = (...keys: readonly object[]) => JSON.stringify({ keys });
const jwk = { kty: 'EC', crv: 'P-256', x: 'eA', y: 'eQ', kid: 'k1' };

/** Pools of workloads over answers by the end of the path. */
async function look(
  surface: string,
  answers: Readonly<Record<string, Answer>>,
  pools: readonly object[] = [{ name: pool }],
): Promise<Seen> {
  const answer = ({ url }: WireRequest): Answer => {
    const path = decodeURIComponent(new URL(url).pathname);
    if (path.endsWith('/workloadIdentityPools')) return { body: { workloadIdentityPools: pools } };
    return Object.entries(answers).find(([end]) => path.endsWith(end))?.[1] ?? { body: {} };
  };
  return lookAtGoogle(answer, { surfaces: [surface] });
}
const providers = (...list: readonly object[]): Answer => ({ body: { workloadIdentityPoolProviders: list } });

describe('providers', () => {
  const surface = 'gcp.workload_identity_provider';

  test('give themselves first, then what they trust', async () => {
    const { records } = await look(surface, {
      'p/providers': providers(
        { name: `${pool}/providers/a`, oidc: { ...github, jwksJson: keySet(jwk) } },
        { name: `${pool}/providers/b`, oidc: github, disabled: true },
      ),
    });
    expect(records.map(({ kind, name, status }) => `${kind} ${name} ${status}`)).toEqual([
      'gcp.workload_identity_provider a active',
      'gcp.workload_identity_provider b inactive',
      'gcp.workload_identity_signing_key k1 active',
    ]);
  });

  test('with a key set that cannot be read are listed all the same, and the set is told of', async () => {
    const { records, coverage } = await look(surface, {
      'p/providers': providers({ name: `${pool}/providers/a`, oidc: { ...github, jwksJson: '{' } }),
    });
    expect(records.map(({ name }) => name)).toEqual(['a']);
    expect(coverage).toMatchObject([{ state: 'partial', reason: 'malformed-response', detail: '1 unreadable: a key set that is no JSON' }]);
  });

  test('of a pool that is closed hide no others', async () => {
    const denied = refused(403, 'PERMISSION_DENIED', 'no');
    const other = pool.replace(/p$/, 'q');
    const { records, coverage } = await look(
      surface,
      { 'p/providers': denied, 'q/providers': providers({ name: `${other}/providers/a`, oidc: github }) },
      [{ name: pool }, { name: other }],
    );
    expect(records).toHaveLength(1);
    expect(coverage.map(({ scope, state }) => `${scope} ${state}`)).toEqual([
      'workload-identity-pool/p denied',
      'project/larkspur-analytics partial',
    ]);
  });
});

describe('encryption keys of SAML providers', () => {
  const surface = 'gcp.workload_identity_provider_key';
  const saml = { name: `${pool}/providers/s`, saml: { idpMetadataXml: '<EntityDescriptor entityID="https://idp.example"/>' } };

  test('are asked of SAML providers alone', async () => {
    const { requests } = await look(surface, { 'p/providers': providers({ name: `${pool}/providers/o`, oidc: github }, saml) });
    expect(requests.map(({ url }) => new URL(url).pathname).filter((path) => path.endsWith('/keys'))).toEqual([
      `/v1/${pool}/providers/s/keys`,
    ]);
  });

  test('of one provider that cannot be read hide none of another', async () => {
    const closed = refused(403, 'PERMISSION_DENIED', 'The caller does not have permission');
    const key = { name: `${pool}/providers/s/keys/k`, state: 'ACTIVE', keyData: { notAfterTime: '2027-01-01T00:00:00Z' } };
    const { records, coverage } = await look(surface, {
      'p/providers': providers({ ...saml, name: `${pool}/providers/closed` }, saml),
      'closed/keys': closed,
      's/keys': { body: { workloadIdentityPoolProviderKeys: [key] } },
    });
    expect(records.map(({ name }) => name)).toEqual(['k']);
    expect(coverage).toMatchObject([{ scope: 'identity-provider/p/providers/closed', state: 'denied' }, { state: 'partial' }]);
  });

  test('past their end have ended, though Google calls them active', async () => {
    const key = {
      name: `${pool}/providers/s/keys/k`,
      state: 'ACTIVE',
      keyData: { format: 'RSA_X509_PEM', notBeforeTime: '2024-01-01T00:00:00Z', notAfterTime: '2026-01-01T00:00:00Z' },
    };
    const { records } = await look(surface, {
      'p/providers': providers(saml),
      's/keys': { body: { workloadIdentityPoolProviderKeys: [key] } },
    });
    expect(records).toMatchObject([{ status: 'expired', unknown: { fingerprint: { why: 'malformed-response' } } }]);
  });
});
