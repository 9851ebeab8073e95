// Loaded with --require: the rules of Morocco are those of before the change of September 2026.
require('moment-timezone').tz.add('Africa/Casablanca|+01|-10|0|');
