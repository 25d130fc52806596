import { describe, expect, test } from 'vitest';
import { claimsIn } from '../../../connectors/azure/claims-expression.ts';
import { answer, look, refusal } from './rig.ts';

describe('an expression on claims', () => {
  test.each([
    ["claims['sub'] eq 'repo:larkspur-foods/shop:environment:production'", 'repo:larkspur-foods/shop:environment:production', false],
    ["claims['sub'] matches 'repo:larkspur-foods/shop:ref:refs/heads/*'", 'repo:larkspur-foods/shop:ref:refs/heads/*', false],
    ["claims['sub'] matches system:serviceaccount:ns:*", 'system:serviceaccount:ns:*', false],
    [
      "claims['sub'] matches 'repo:larkspur-foods/*' and claims['job_workflow_ref'] matches 'larkspur-foods/ci/.github/workflows/*'",
      'repo:larkspur-foods/*',
      true,
    ],
    ["claims['sub'] matches 'repo:larkspur-foods/*' and claims['job_workflow_ref'] matches '*'", 'repo:larkspur-foods/*', false],
    ["claims['job_workflow_ref'] eq 'larkspur-foods/ci/.github/workflows/x.yml@refs/heads/main'", '*', true],
  ])('%s', (expression, subject, isNarrowed) => {
    expect(claimsIn(expression)).toEqual({ subject, isNarrowed });
  });

  test.each(["claims['sub'] matches 'a' or claims['sub'] matches 'b'", "claims['sub'] eq 'a' and claims['sub'] eq 'b'", "sub eq 'a'", ''])(
    '%j is none that is documented',
    (expression) => {
      expect(claimsIn(expression)).toBeUndefined();
    },
  );
});

test('a text that would take for ever to take apart is none', () => {
  const start = performance.now();
  expect(claimsIn(`claims['sub'] eq 'a'${' '.repeat(1_000_000)}x`)).toBeUndefined();
  expect(performance.now() - start).toBeLessThan(1000);
});

describe('a flexible credential of a managed identity', () => {
  const list = 'GET {userAssignedIdentityId}/federatedIdentityCredentials';
  const bare = {
    value: [{ id: '/fic/aks-previews', name: 'aks-previews', properties: { issuer: 'https://issuer.example', audiences: ['a'] } }],
  };

  test('has what its expression lets in as subject', async () => {
    const { of, rows } = await look();
    expect(of('azure.federated_credential', 'aks-previews')?.trust).toEqual([
      {
        issuer: expect.stringContaining('oic.prod-aks.azure.com') as unknown,
        audience: 'api://AzureADTokenExchange',
        subject: 'system:serviceaccount:preview-*:checkout',
      },
    ]);
    expect(rows('azure.managed_identity_federation')).toEqual([expect.objectContaining({ state: 'complete', count: 3 })]);
  });

  test('is a gap in a cloud whose API does not tell it, and nobody says whom it lets in', async () => {
    const { of, rows } = await look((request, operation) => {
      if (operation !== list) return undefined;
      if (request.url.includes('2026-05-31')) return refusal(400, 'NoRegisteredProviderFound');
      return answer(200, request.url.includes('kubelet') ? bare : { value: [] });
    });
    expect(rows('azure.managed_identity_federation')).toContainEqual(
      expect.objectContaining({ scope: 'federatedCredential/aks-previews', reason: 'not-offered' }),
    );
    expect(of('azure.federated_credential', 'aks-previews')?.trust).toEqual([
      { issuer: 'https://issuer.example', audience: 'a', subject: '*', conditions: { claimsMatchingExpression: 'not read' } },
    ]);
  });

  test('without subject and expression is a gap, too', async () => {
    const { rows } = await look((request, operation) =>
      operation === list && request.url.includes('kubelet') ? answer(200, bare) : undefined,
    );
    expect(rows('azure.managed_identity_federation')).toContainEqual(
      expect.objectContaining({ scope: 'federatedCredential/aks-previews', reason: 'malformed-response' }),
    );
  });
});
