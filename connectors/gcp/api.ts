/** The Google APIs that are asked, each with its address. */
export const apis = {
  agentidentity: 'https://agentidentity.googleapis.com',
  apikeys: 'https://apikeys.googleapis.com',
  certificatemanager: 'https://certificatemanager.googleapis.com',
  cloudasset: 'https://cloudasset.googleapis.com',
  cloudbuild: 'https://cloudbuild.googleapis.com',
  cloudresourcemanager: 'https://cloudresourcemanager.googleapis.com',
  compute: 'https://compute.googleapis.com',
  developerconnect: 'https://developerconnect.googleapis.com',
  iam: 'https://iam.googleapis.com',
  kmsinventory: 'https://kmsinventory.googleapis.com',
  monitoring: 'https://monitoring.googleapis.com',
  policyanalyzer: 'https://policyanalyzer.googleapis.com',
  secretmanager: 'https://secretmanager.googleapis.com',
  sqladmin: 'https://sqladmin.googleapis.com',
  storage: 'https://storage.googleapis.com',
} as const;
export type Api = keyof typeof apis;
