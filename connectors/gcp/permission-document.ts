/** A custom role for `gcloud iam roles create --file`. https://cloud.google.com/iam/docs/creating-custom-roles */
export function permissionDocument(permissions: readonly string[]): string {
  return [
    '# gcloud iam roles create overdueAuditor --project=PROJECT_ID --file=overdue-role.yaml',
    '# gcloud projects add-iam-policy-binding PROJECT_ID --member=MEMBER --role=projects/PROJECT_ID/roles/overdueAuditor',
    'title: overdue auditor',
    'description: Lists service accounts, metadata of their keys, and when both were last used. Reads no key and changes nothing.',
    'stage: GA',
    'includedPermissions:',
    ...[...new Set(permissions)].toSorted().map((permission) => `- ${permission}`),
    '',
  ].join('\n');
}
