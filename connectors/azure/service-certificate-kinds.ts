import type { Operation } from '../../src/connector/contract.ts';
import type { Fact } from '../../src/model/fact.ts';
import type { Instant } from '../../src/model/instant.ts';
import { type Kind, defineKind } from '../../src/model/kind.ts';
import { httpDate } from './http-date.ts';
import type { Json } from './json.ts';

import type { ResourceType } from './service-estate.ts';
import { textTime } from './text-time.ts';

/** How a service keeps its certificates. What differs between the kinds is here; that it differs by data alone is why it is one table. */
export type ServiceCertificates = {
  readonly kind: Kind;
  readonly type: ResourceType;
  /** How they are listed under a resource of the type. Left out: they are resources themselves, and Resource Graph holds them. */
  readonly under?: { readonly version: string; readonly operation: Operation };
  readonly expiresAt: string;
  readonly notBefore?: string;
  readonly createdAt?: string;
  readonly purpose?: string;
  readonly date: (value: unknown) => Fact<Instant>;
  /** Of the properties, whether nobody can show it yet. */
  readonly isOff?: (properties: Json) => boolean;
  /** Shown as they are. */
  readonly details: Readonly<Record<string, string>>;
  /** Set where the service renews its copy out of a vault by itself: the property that names the vault. */
  readonly vault?: string;
};

type Words = Pick<Kind, 'id' | 'title' | 'proves' | 'remedy'> & { readonly seen: string; readonly leavesBehind: readonly string[] };

function certificateKind({ id, title, proves, remedy, seen, leavesBehind }: Words, rotation: 'replace' | 'in-place' = 'replace'): Kind {
  return defineKind({
    id,
    title,
    record: 'credential',
    proves,
    ...(remedy === undefined ? {} : { remedy }),
    traits: {
      expiry: 'always',
      rotation,
      proof: 'possession',
      revocation: { seen: ['certificate absent', seen], tokensLive: null },
      takesWith: [],
      leavesBehind,
    },
  });
}

/** API Management and IoT Hub delete only what is named together with its ETag. */
const remedy = { delete: 'az resource delete --ids {id}' } as const;
const shownByApp = {
  remedy,
  proves: 'An app shows it to its visitors, or to the systems that it calls.',
  seen: 'revoked by its issuer, or no longer trusted where it was shown',
  leavesBehind: ['azure.keyvault_certificate'],
} as const;
const ofApp = {
  expiresAt: 'expirationDate',
  notBefore: 'issueDate',
  date: textTime,
  details: { issuer: 'issuer', subject: 'subjectName' },
} as const;

export const serviceCertificates: readonly ServiceCertificates[] = [
  {
    kind: certificateKind({
      id: 'azure.apim_certificate',
      title: 'Certificate of API Management',
      proves: 'The gateway shows it to the systems behind it.',
      seen: 'no longer trusted by the systems behind the gateway',
      leavesBehind: ['azure.keyvault_certificate'],
    }),
    type: 'microsoft.apimanagement/service',
    under: { version: '2022-08-01', operation: { call: 'GET {apiManagementId}/certificates', permission: 'Reader' } },
    expiresAt: 'expirationDate',
    date: textTime,
    details: { subject: 'subject' },
    vault: 'keyVault',
  },
  {
    kind: certificateKind({ id: 'azure.appservice_certificate', title: 'App Service certificate', ...shownByApp }),
    type: 'microsoft.web/certificates',
    ...ofApp,
    vault: 'keyVaultId',
  },
  {
    kind: certificateKind({ id: 'azure.containerapp_certificate', title: 'Certificate of Container Apps', ...shownByApp }),
    type: 'microsoft.app/managedenvironments/certificates',
    ...ofApp,
  },
  {
    kind: certificateKind(
      {
        id: 'azure.automation_certificate',
        title: 'Certificate of an Automation account',
        remedy,
        proves: 'Runbooks sign in with it wherever it is trusted.',
        seen: 'no longer trusted where runbooks showed it',
        leavesBehind: ['azure.app_certificate', 'azure.sp_certificate', 'azure.keyvault_certificate'],
      },
      'in-place',
    ),
    type: 'microsoft.automation/automationaccounts',
    under: { version: '2023-11-01', operation: { call: 'GET {automationAccountId}/certificates', permission: 'Reader' } },
    expiresAt: 'expiryTime',
    createdAt: 'creationTime',
    purpose: 'description',
    date: textTime,
    details: { exportable: 'isExportable' },
  },
  {
    kind: certificateKind({
      id: 'azure.iothub_certificate',
      title: 'Certificate authority of an IoT hub',
      proves: 'Devices whose certificates it signed sign in to the hub.',
      seen: 'devices that it vouched for removed from the hub',
      leavesBehind: ['azure.iothub_sas_policy'],
    }),
    type: 'microsoft.devices/iothubs',
    under: { version: '2023-06-30', operation: { call: 'GET {iotHubId}/certificates', permission: 'Reader' } },
    expiresAt: 'expiry',
    createdAt: 'created',
    date: httpDate,
    // Until its owner has shown the private key, no device gets in by it.
    isOff: ({ isVerified }) => isVerified === false,
    details: { subject: 'subject', verified: 'isVerified' },
  },
];
