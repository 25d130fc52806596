export const environments = ['production', 'non-production'] as const;
export type Environment = (typeof environments)[number];
/** `said`: the word of the tag. `by`: where it stands, `tag env of larkspur-prod`. */
export type EnvironmentClaim = { readonly environment: Environment; readonly said: string; readonly by: string };
