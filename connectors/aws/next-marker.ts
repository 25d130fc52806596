import { MalformedError } from '../../src/connector/refusal.ts';

type Listing = { readonly IsTruncated?: boolean | undefined; readonly Marker?: string | undefined };

/** Where the next page of a listing of IAM starts. A page may be shorter than asked for; only `IsTruncated` says whether it was the last. */
export function nextMarker({ IsTruncated, Marker }: Listing): string | undefined {
  if (IsTruncated !== true) return undefined;
  if (Marker === undefined || Marker === '') throw new MalformedError('a truncated page without a marker to the next');
  return Marker;
}
