import type { ControlCommand, DynamicSecurityControl } from './dynamic-security-control.ts';
import { grantsToAcls, speakerRole } from './dynamic-security-role.ts';
import { topicGrants } from './topic-policy.ts';

/** Gives a speaker its own role and lets it in; what stood under its name before is replaced. */
export const admitSpeaker = async (
  control: DynamicSecurityControl,
  entrant: { readonly site: string; readonly speaker: string; readonly secret: string },
): Promise<void> => {
  const { site, speaker, secret } = entrant;
  const rolename = speakerRole(speaker);
  await expelSpeaker(control, speaker);
  const acls = grantsToAcls(topicGrants({ kind: 'speaker', site, speaker }));
  await carryOut(control, { command: 'createRole', rolename, acls });
  await carryOut(control, {
    command: 'createClient',
    username: speaker,
    password: secret,
    roles: [{ rolename }],
  });
};

/** Shuts a speaker out and ends its connection; one that was never let in is no mistake. */
export const expelSpeaker = async (
  control: DynamicSecurityControl,
  speaker: string,
): Promise<void> => {
  await carryOut(control, { command: 'deleteClient', username: speaker }, 'Client not found');
  const rolename = speakerRole(speaker);
  await carryOut(control, { command: 'deleteRole', rolename }, 'Role not found');
};

const carryOut = async (
  control: DynamicSecurityControl,
  command: ControlCommand,
  harmless?: string,
): Promise<void> => {
  const refusal = await control.send(command);
  if (refusal !== undefined && refusal !== harmless) {
    throw new Error(`dynamic security, ${command.command}: ${refusal}`);
  }
};
