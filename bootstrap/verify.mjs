import { main } from './main.mjs';

void main(() => import('./commands/verify.mjs'));
