import { main } from './main.mjs';

void main(() => import('./commands/test-mutation.mjs'));
