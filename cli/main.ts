import { addAccountCommands } from './commands/account.ts';
import { addAgentCommand } from './commands/agent.ts';
import { addAirtimeCommands } from './commands/airtime.ts';
import { addBoxCommands } from './commands/box.ts';
import { addBulletinCommands } from './commands/bulletins.ts';
import { addBundleCommands } from './commands/bundle.ts';
import { addEmergencyCommands } from './commands/emergency.ts';
import { addEnrolCommand } from './commands/enrol.ts';
import { addEvidenceCommands } from './commands/evidence.ts';
import { addHotlineCommands } from './commands/hotlines.ts';
import { addIdentCommands } from './commands/idents.ts';
import { addMakeGoodCommands } from './commands/make-good.ts';
import { addPackCommands } from './commands/packs.ts';
import { addPlayingCommands } from './commands/playing.ts';
import { addProgrammeCommands } from './commands/programmes.ts';
import { addSchemaCommand } from './commands/schema.ts';
import { addServerCommand } from './commands/server.ts';
import { addSettingsCommand } from './commands/settings.ts';
import { addSiteCommands } from './commands/site.ts';
import { addStoreCommands } from './commands/store.ts';
import { addUpCommand } from './commands/up.ts';
import { addUpkeepCommands } from './commands/upkeep.ts';
import { addVerifyCommand } from './commands/verify.ts';
import { endWhenUnread } from './end-unread.ts';
import { createProgram, runProgram } from './program.ts';

endWhenUnread();
const program = createProgram([
  addUpCommand,
  addServerCommand,
  addAgentCommand,
  addEnrolCommand,
  addBoxCommands,
  addVerifyCommand,
  addSchemaCommand,
  addAirtimeCommands,
  addAccountCommands,
  addSiteCommands,
  addSettingsCommand,
  addBulletinCommands,
  addHotlineCommands,
  addIdentCommands,
  addPackCommands,
  addPlayingCommands,
  addUpkeepCommands,
  addEmergencyCommands,
  addMakeGoodCommands,
  addProgrammeCommands,
  addBundleCommands,
  addEvidenceCommands,
  addStoreCommands,
]);
await runProgram(program, process.argv.slice(2));
