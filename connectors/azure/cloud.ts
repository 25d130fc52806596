// https://learn.microsoft.com/en-us/graph/deployments
import type { Settings } from './settings.ts';

export type Cloud = {
  readonly login: string;
  readonly graph: string;
  readonly resourceManager: string;
  /** What the addresses of vaults end in: no other place is asked for secrets, whatever Resource Graph says. */
  readonly vault: string;
  readonly managedHsm: string;
  /** Sign-in activity reports exist in the global service only. */
  readonly hasSignInReports: boolean;
  /** `verifiedPublisher` of a service principal; to select what a cloud lacks is a refused request. */
  readonly hasVerifiedPublisher: boolean;
  /** An older version of Key Vault's API, for clouds that get new ones late; undefined for the newest. */
  readonly vaultVersion: '7.4' | undefined;
};

const clouds = {
  public: {
    login: 'https://login.microsoftonline.com',
    graph: 'https://graph.microsoft.com',
    resourceManager: 'https://management.azure.com',
    vault: 'vault.azure.net',
    managedHsm: 'managedhsm.azure.net',
    hasSignInReports: true,
    hasVerifiedPublisher: true,
    vaultVersion: undefined,
  },
  usgov: {
    login: 'https://login.microsoftonline.us',
    graph: 'https://graph.microsoft.us',
    resourceManager: 'https://management.usgovcloudapi.net',
    vault: 'vault.usgovcloudapi.net',
    managedHsm: 'managedhsm.usgovcloudapi.net',
    hasSignInReports: false,
    hasVerifiedPublisher: false,
    vaultVersion: '7.4',
  },
  'usgov-dod': {
    login: 'https://login.microsoftonline.us',
    graph: 'https://dod-graph.microsoft.us',
    resourceManager: 'https://management.usgovcloudapi.net',
    vault: 'vault.usgovcloudapi.net',
    managedHsm: 'managedhsm.usgovcloudapi.net',
    hasSignInReports: false,
    hasVerifiedPublisher: false,
    vaultVersion: '7.4',
  },
  china: {
    login: 'https://login.chinacloudapi.cn',
    graph: 'https://microsoftgraph.chinacloudapi.cn',
    resourceManager: 'https://management.chinacloudapi.cn',
    vault: 'vault.azure.cn',
    managedHsm: 'managedhsm.azure.cn',
    hasSignInReports: false,
    hasVerifiedPublisher: false,
    vaultVersion: '7.4',
  },
} as const satisfies Record<string, Cloud>;

/** Addresses without a trailing slash, since scopes and paths are appended to them. */
export function cloudOf({ cloud, endpoints }: Settings): Cloud {
  const base = clouds[cloud ?? 'public'];
  return {
    login: trimmed(endpoints?.login ?? base.login),
    graph: trimmed(endpoints?.graph ?? base.graph),
    resourceManager: trimmed(endpoints?.resourceManager ?? base.resourceManager),
    vault: endpoints?.vault ?? base.vault,
    managedHsm: endpoints?.managedHsm ?? base.managedHsm,
    hasSignInReports: base.hasSignInReports,
    hasVerifiedPublisher: base.hasVerifiedPublisher,
    vaultVersion: base.vaultVersion,
  };
}

function trimmed(address: string): string {
  return address.replace(/\/+$/, '');
}
