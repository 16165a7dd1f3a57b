import { log } from '@/lib/log';

// What a test provokes on purpose would bury what it finds.
log.level = 'silent';
