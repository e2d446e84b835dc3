// Hands over to the program text given as argument.
import { handOver } from '../../../bootstrap/hand-over.mjs';

process.exitCode = await handOver(process.execPath, ['-e', process.argv[2] ?? '']);
