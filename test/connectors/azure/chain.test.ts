import { describe, expect, test } from 'vitest';
import { type Link, chain } from '../../../connectors/azure/login.ts';

const giving = (token: string, name: Link['name'] = 'azure-cli'): Link => ({
  name,
  credential: { getToken: () => Promise.resolve({ token, expiresOnTimestamp: 0 }) },
});
const failing = (kind: string, name: Link['name']): Link => ({
  name,
  credential: { getToken: () => Promise.reject(Object.assign(new Error(`${kind} happened`), { name: kind })) },
});
const lacking: Link = { name: 'environment', lacks: 'AZURE_CLIENT_ID is not set' };

describe('the chain of logins', () => {
  test('goes on where a link is not there', async () => {
    const credential = chain([lacking, failing('CredentialUnavailableError', 'managed-identity'), giving('cli')]);
    expect(await credential.getToken('scope')).toMatchObject({ token: 'cli' });
  });

  test.each(['AuthenticationError', 'AuthenticationRequiredError'])(
    'ends where a link is refused by %s, and looks with nobody else’s rights',
    async (kind) => {
      await expect(chain([failing(kind, 'environment'), giving('cli')]).getToken('scope')).rejects.toThrow(`${kind} happened`);
    },
  );

  test('stays with the link that answered', async () => {
    let asked = 0;
    const first: Link = {
      name: 'managed-identity',
      credential: {
        getToken: () => {
          asked += 1;
          return asked === 1
            ? Promise.reject(Object.assign(new Error('no'), { name: 'CredentialUnavailableError' }))
            : Promise.resolve({ token: 'late', expiresOnTimestamp: 0 });
        },
      },
    };
    const credential = chain([first, giving('cli')]);
    expect([await credential.getToken('a'), await credential.getToken('b')]).toMatchObject([{ token: 'cli' }, { token: 'cli' }]);
  });

  test('names each link that was not there', async () => {
    const links = [lacking, failing('CredentialUnavailableError', 'managed-identity'), failing('CredentialUnavailableError', 'azure-cli')];
    await expect(chain(links).getToken('scope')).rejects.toMatchObject({
      message:
        'no Azure login was found: environment (AZURE_CLIENT_ID is not set), managed-identity (no identity service answers here), azure-cli (CredentialUnavailableError happened)',
      hint: 'run az login, or set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET',
    });
  });

  test.each([
    ['Azure CLI could not be found. Please visit https://aka.ms/azure-cli for installation instructions.', 'az is not installed'],
    ["Please run 'az login' from a command prompt to authenticate before using this credential.", 'az is not logged in'],
    ['Something else. With many words.\nAnd a trace.', 'Something else'],
  ])('says shortly: %s', async (message, expected) => {
    const unavailable = Object.assign(new Error(message), { name: 'CredentialUnavailableError' });
    const link: Link = { name: 'azure-cli', credential: { getToken: () => Promise.reject(unavailable) } };
    await expect(chain([link]).getToken('scope')).rejects.toMatchObject({
      message: `no Azure login was found: azure-cli (${expected})`,
      hint: 'run az login',
    });
  });
});
