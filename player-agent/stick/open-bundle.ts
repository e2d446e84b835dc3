import { openEnvelope } from '#core/envelope.ts';
import { byteCodec, verifyEd25519 } from '#runtime/signing.ts';
import { readTarHeader, TAR_BLOCK_BYTES, tarMemberBytes } from '#runtime/tar.ts';
import {
  type BundleIndex,
  type BundleMember,
  bundleIndexSchema,
  INDEX_NAME,
  MAX_BUNDLE_BYTES,
  MAX_INDEX_BYTES,
} from '#schemas/bundle.ts';
import type { EnrolmentGrant } from '#schemas/enrolment.ts';
import { envelopeSchema } from '#schemas/envelope.ts';
import type { Problem } from '#schemas/problem.ts';
import type { RefusalReason } from '#schemas/records/reasons.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import { siteKeys } from '../link/open-message.ts';
import { parseJson } from '../log/record-line.ts';
import type { StickReader } from '../ports/stick.ts';

/** Why a bundle was not taken: `reason` is for the record, `problem` for the technician. */
export interface BundleRefusal {
  readonly reason: Extract<RefusalReason, 'badMessage' | 'badSignature' | 'wrongSpeaker'>;
  readonly problem: Problem;
}

/** Where a member's bytes begin in the file. */
export interface PlacedMember extends BundleMember {
  readonly offset: number;
}

/** A bundle whose index is signed by the site, and whose members lie where it says. */
export interface OpenBundle {
  readonly index: BundleIndex;
  readonly members: ReadonlyMap<string, PlacedMember>;
}

type Grant = Pick<EnrolmentGrant, 'site' | 'speaker' | 'siteKeys'>;
type Opened<T> = Result<T, BundleRefusal>;

const damaged = (detail: string) =>
  refuse({ reason: 'badMessage', problem: { code: 'bundleInvalid', detail } } as const);

/**
 * Reads a bundle's index and holds the file against it: signed by this site, for this speaker, of
 * the right length and with every member in its place. The bytes of the members are not read yet;
 * no path is ever made from a name that stands in the file.
 */
export const openBundle = async (
  reader: StickReader,
  grant: Grant,
): Promise<Opened<OpenBundle>> => {
  if (reader.bytes > MAX_BUNDLE_BYTES) return damaged('tooLarge');
  const header = readTarHeader((await reader.read(0, TAR_BLOCK_BYTES)) ?? new Uint8Array());
  if (header?.name !== INDEX_NAME || header.bytes > MAX_INDEX_BYTES) return damaged(INDEX_NAME);
  const bytes = await reader.read(TAR_BLOCK_BYTES, header.bytes);
  if (bytes === undefined) return damaged(INDEX_NAME);
  const index = openIndex(bytes, grant);
  if (!index.ok) return index;
  return placeMembers(reader, index.value, tarMemberBytes(header.bytes));
};

const openIndex = (bytes: Uint8Array, grant: Grant): Opened<BundleIndex> => {
  const envelope = envelopeSchema.safeParse(parseJson(bytes)).data;
  if (envelope === undefined) return damaged(INDEX_NAME);
  const opened = openEnvelope({
    envelope,
    purpose: 'bundle',
    keys: siteKeys(grant),
    codec: byteCodec,
    verify: verifyEd25519,
  });
  if (!opened.ok) return refuse({ reason: 'badSignature', problem: opened.problem });
  const index = bundleIndexSchema.safeParse(parseJson(opened.value)).data;
  if (index === undefined) return damaged('form');
  const isForUs =
    index.site === grant.site && index.speakers.some(({ speaker }) => speaker === grant.speaker);
  const problem = {
    code: 'wrongSpeaker',
    expected: `${grant.site} ${grant.speaker}`,
    found: index.site,
  } as const;
  return isForUs ? ok(index) : refuse({ reason: 'wrongSpeaker', problem });
};

const placeMembers = async (
  reader: StickReader,
  index: BundleIndex,
  fromByte: number,
): Promise<Opened<OpenBundle>> => {
  const members = new Map<string, PlacedMember>();
  let offset = fromByte;
  for (const member of index.members) {
    const header = readTarHeader((await reader.read(offset, TAR_BLOCK_BYTES)) ?? new Uint8Array());
    if (header?.name !== member.name || header.bytes !== member.bytes) return damaged(member.name);
    members.set(member.name, { ...member, offset: offset + TAR_BLOCK_BYTES });
    offset += tarMemberBytes(member.bytes);
  }
  return offset <= reader.bytes ? ok({ index, members }) : damaged('cut');
};
