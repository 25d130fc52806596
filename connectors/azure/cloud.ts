// https://learn.microsoft.com/en-us/graph/deployments
import type { Settings } from './settings.ts';

export type Cloud = {
  readonly login: string;
  readonly graph: string;
  readonly resourceManager: string;
  /** Sign-in activity reports exist in the global service only. */
  readonly hasSignInReports: boolean;
  /** `verifiedPublisher` of a service principal; to select what a cloud lacks is a refused request. */
  readonly hasVerifiedPublisher: boolean;
};

const clouds = {
  public: {
    login: 'https://login.microsoftonline.com',
    graph: 'https://graph.microsoft.com',
    resourceManager: 'https://management.azure.com',
    hasSignInReports: true,
    hasVerifiedPublisher: true,
  },
  usgov: {
    login: 'https://login.microsoftonline.us',
    graph: 'https://graph.microsoft.us',
    resourceManager: 'https://management.usgovcloudapi.net',
    hasSignInReports: false,
    hasVerifiedPublisher: false,
  },
  'usgov-dod': {
    login: 'https://login.microsoftonline.us',
    graph: 'https://dod-graph.microsoft.us',
    resourceManager: 'https://management.usgovcloudapi.net',
    hasSignInReports: false,
    hasVerifiedPublisher: false,
  },
  china: {
    login: 'https://login.chinacloudapi.cn',
    graph: 'https://microsoftgraph.chinacloudapi.cn',
    resourceManager: 'https://management.chinacloudapi.cn',
    hasSignInReports: false,
    hasVerifiedPublisher: false,
  },
} as const satisfies Record<string, Cloud>;

/** Addresses without a trailing slash, since scopes and paths are appended to them. */
export function cloudOf({ cloud, endpoints }: Settings): Cloud {
  const base = clouds[cloud ?? 'public'];
  return {
    login: trimmed(endpoints?.login ?? base.login),
    graph: trimmed(endpoints?.graph ?? base.graph),
    resourceManager: trimmed(endpoints?.resourceManager ?? base.resourceManager),
    hasSignInReports: base.hasSignInReports,
    hasVerifiedPublisher: base.hasVerifiedPublisher,
  };
}

function trimmed(address: string): string {
  return address.replace(/\/+$/, '');
}
