import type { Connector } from '../../src/connector/contract.ts';
import { operationOf } from './operation.ts';
import { permissionDocument } from './permission-document.ts';
import { classify } from './refusal.ts';
import { serviceAccountKey } from './service-account-key.ts';
import { serviceAccount } from './service-account.ts';
import { type AnySession, connect } from './connect.ts';
import { type Settings, settingsSchema } from './settings.ts';

export { operationOf };

export const gcp: Connector<AnySession, Settings> = {
  id: 'gcp',
  title: 'Google Cloud',
  settings: settingsSchema,
  environment: [
    {
      name: 'GOOGLE_APPLICATION_CREDENTIALS',
      meaning: 'Credential file of the login; default: the one of `gcloud auth application-default login`.',
    },
    {
      name: 'GOOGLE_CLOUD_PROJECT',
      meaning: 'Project to read when connectors.gcp.projects names none.',
    },
    {
      name: 'GOOGLE_CLOUD_QUOTA_PROJECT',
      meaning: 'Project whose quota serves the requests, unless connectors.gcp.quotaProject names one.',
    },
  ],
  surfaces: [serviceAccount, serviceAccountKey],
  blindSpots: [
    {
      surface: 'gcp.oauth_client',
      detail: 'OAuth clients made in the console cannot be listed by any Google API.',
    },
    {
      surface: 'gcp.service_agent',
      detail: 'Service agents, which Google runs in its own projects, are not in the list of service accounts.',
    },
    {
      surface: 'gcp.domain_wide_delegation',
      detail:
        'Activity Analyzer does not see sign-ins to Google Workspace by domain-wide delegation: a key used only for them looks unused.',
    },
  ],
  permissionDocument,
  connect,
  classify,
  operationOf,
};
