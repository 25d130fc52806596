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
    await expect(chain([lacking, failing('CredentialUnavailableError', 'managed-identity')]).getToken('scope')).rejects.toMatchObject({
      tried: 'environment: AZURE_CLIENT_ID is not set; managed-identity: CredentialUnavailableError happened',
    });
  });
});
