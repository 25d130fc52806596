import { describe, expect, test } from 'vitest';
import { azure } from '../../../connectors/azure/index.ts';
import { TruncatedError } from '../../../connectors/azure/refusal.ts';
import { RefusedAnswer } from '../../../connectors/azure/refused-answer.ts';
import { answer, edited, look, refusal } from './rig.ts';
import { MalformedError, UnreachableError } from '../../../src/connector/refusal.ts';

const named = (name: string, message: string, more: object = {}) => Object.assign(new Error(message), { name, ...more });

describe('classify', () => {
  test.each([
    ['403', new RefusedAnswer(403, { error: { code: 'Authorization_RequestDenied', message: 'no' } }), 'permission-denied'],
    ['403 without a body', new RefusedAnswer(403, undefined), 'permission-denied'],
    [
      'a missing licence',
      new RefusedAnswer(403, { error: { code: 'Authentication_RequestFromNonPremiumTenantOrB2CTenant', message: 'no' } }),
      'not-licensed',
    ],
    [
      'a missing licence in words',
      new RefusedAnswer(403, { error: { code: 'Forbidden', message: "Tenant doesn't have premium license" } }),
      'not-licensed',
    ],
    ['401', new RefusedAnswer(401, { error: { code: 'InvalidAuthenticationToken', message: 'expired' } }), 'login-failed'],
    ['429', new RefusedAnswer(429, undefined), 'throttled'],
    [
      'a field that the cloud lacks',
      new RefusedAnswer(400, { error: { code: 'BadRequest', message: "Could not find a property named 'isDisabled'" } }),
      'not-offered',
    ],
    ['500', new RefusedAnswer(500, 'oops'), 'unreachable'],
    ['404', new RefusedAnswer(404, undefined), 'unreachable'],
    ['a truncated answer', new TruncatedError('cut'), 'not-looked'],
    ['a wrong secret', named('AuthenticationError', 'AADSTS7000215: Invalid client secret provided.\r\nTrace ID: 1'), 'login-failed'],
    ['an expired az login', named('CredentialUnavailableError', 'Please run az login'), 'login-failed'],
    [
      'a body that is cut off',
      named('RestError', 'Error "SyntaxError" occurred while parsing the response body - {"va', { code: 'PARSE_ERROR', statusCode: 200 }),
      'malformed-response',
    ],
    ['a 401 behind a client', named('RestError', 'x', { statusCode: 401 }), 'login-failed'],
    ['a wrapped silence', new Error('failed', { cause: new UnreachableError('vault did not answer') }), 'unreachable'],
    ['an odd answer', new MalformedError('odd'), 'malformed-response'],
  ])('names %s', (_name, error, why) => {
    expect(azure.classify(error)?.why).toBe(why);
  });

  test.each([[new TypeError('our bug')], [new Error('whatever')], ['text'], [undefined]])('leaves %s to be thrown', (error) => {
    expect(azure.classify(error)).toBeUndefined();
  });

  test('says one line, with both codes, and never the body', () => {
    const refused = new RefusedAnswer(403, {
      error: { code: 'Forbidden', message: 'Not allowed.\r\nCaller: x', innererror: { code: 'ForbiddenByRbac' } },
    });
    expect(azure.classify(refused)?.detail).toBe('Forbidden ForbiddenByRbac: Not allowed.');
    expect(azure.classify(named('RestError', 'parsing the response body - {"secret', { statusCode: 200 }))?.detail).not.toContain('secret');
  });
});

describe('a place that is not told whole has a row that says so', () => {
  const graph = 'GET /v1.0/roleManagement/directory/roleAssignments';
  const estate = 'POST /providers/Microsoft.ResourceGraph/resources';
  const vault = 'GET {vaultUrl}/certificates';
  const premium = () => refusal(403, 'Authentication_RequestFromNonPremiumTenantOrB2CTenant');

  test.each([
    [
      'denied by Graph',
      'azure.directory_role_assignment',
      graph,
      () => refusal(403, 'Authorization_RequestDenied'),
      'denied',
      'permission-denied',
    ],
    [
      'denied by Resource Graph',
      'azure.rbac_role_assignment',
      estate,
      () => refusal(403, 'AuthorizationFailed'),
      'denied',
      'permission-denied',
    ],
    [
      'denied by a vault',
      'azure.keyvault_certificate',
      vault,
      () => refusal(403, 'Forbidden', 'ForbiddenByRbac'),
      'denied',
      'permission-denied',
    ],
    ['throttled by Graph', 'azure.directory_role_assignment', graph, () => answer(429, {}, { 'retry-after': '1' }), 'partial', 'throttled'],
    [
      'throttled by Resource Graph',
      'azure.rbac_role_assignment',
      estate,
      () => answer(429, {}, { 'retry-after': '1' }),
      'partial',
      'throttled',
    ],
    ['throttled by a vault', 'azure.keyvault_certificate', vault, () => answer(429, {}, { 'retry-after': '1' }), 'partial', 'throttled'],
    ['not licensed', 'azure.directory_role_assignment', graph, premium, 'not-enabled', 'not-licensed'],
  ])('%s', async (_name, surface, call, say, state, reason) => {
    const { rows } = await look((_request, operation) => (operation === call ? say() : undefined));
    expect(rows(surface)).toContainEqual(expect.objectContaining({ state, reason }));
    expect(rows(surface).some((row) => row.state === 'complete')).toBe(false);
  });

  test.each(['"facets":[null]', '"facets":"none"'])('that the client of Resource Graph stumbles over: %s', async (facets) => {
    const { rows } = await look((_request, operation, recorded) =>
      operation === 'POST /providers/Microsoft.ResourceGraph/resources' ? edited(recorded, '"facets":[]', facets) : undefined,
    );
    expect(rows('azure.service_key')).toMatchObject([{ state: 'partial', reason: 'malformed-response' }]);
  });

  test('truncated by Resource Graph', async () => {
    const { rows, records } = await look((request, _operation, recorded) =>
      request.body?.includes('roleassignments') === true && request.body.includes('$skipToken')
        ? edited(recorded, '"resultTruncated":"false"', '"resultTruncated":"true"')
        : undefined,
    );
    expect(rows('azure.rbac_role_assignment')).toMatchObject([{ state: 'partial', reason: 'not-looked', count: 3 }]);
    expect(records.filter(({ kind }) => kind === 'azure.rbac_role_assignment')).toHaveLength(3);
  });
});
