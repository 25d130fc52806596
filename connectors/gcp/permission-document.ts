/** A role of a project cannot hold them. https://cloud.google.com/iam/docs/custom-roles-permissions-support */
const ofOrganizations =
  /^(?:iam\.googleapis\.com\/workforcePool|iam\.principalaccessboundarypolicies\.|resourcemanager\.(?:folders\.|organizations\.|projects\.list$)|cloudasset\.)/;

/**
 * Named as Google names the others of their resource, and in none of its predefined roles: a custom role with a permission that does not
 * exist is refused as a whole.
 */
const unlisted = /^iam\.googleapis\.com\/workforcePoolProviderScim(?:Tenants|Tokens)\./;

/** A custom role for `gcloud iam roles create --file`. https://cloud.google.com/iam/docs/creating-custom-roles */
export function permissionDocument(permissions: readonly string[]): string {
  const all = [...new Set(permissions)].toSorted();
  const apart = all.filter((permission) => unlisted.test(permission));
  return [
    '# For an organisation with its folders and projects:',
    '# gcloud iam roles create overdueAuditor --organization=ORGANIZATION_ID --file=overdue-role.yaml',
    '# gcloud organizations add-iam-policy-binding ORGANIZATION_ID --member=MEMBER --role=organizations/ORGANIZATION_ID/roles/overdueAuditor',
    '# For one project, without the lines marked below:',
    '# gcloud iam roles create overdueAuditor --project=PROJECT_ID --file=overdue-role.yaml',
    '# gcloud projects add-iam-policy-binding PROJECT_ID --member=MEMBER --role=projects/PROJECT_ID/roles/overdueAuditor',
    ...(apart.length === 0
      ? []
      : [
          '# In no predefined role of Google: add them where `gcloud iam list-testable-permissions` shows them.',
          ...apart.map((each) => `# ${each}`),
        ]),
    'title: overdue auditor',
    'description: Lists service accounts, credentials, their metadata and who may use them. Reads no key and no secret, and changes nothing.',
    'stage: GA',
    'includedPermissions:',
    ...all
      .filter((permission) => !unlisted.test(permission))
      .map((permission) => `- ${permission}${ofOrganizations.test(permission) ? ' # organisation only' : ''}`),
    '',
  ].join('\n');
}
