ALTER TABLE "revisions" DROP CONSTRAINT "revisions_kept_because";--> statement-breakpoint
-- What is there was held to fewer reasons, so a million revisions need not be read for it.
ALTER TABLE "revisions" ADD CONSTRAINT "revisions_kept_because" CHECK ("revisions"."kept_because" in ('published', 'scheduled', 'corrected', 'restored', 'handed-over', 'work', 'removal', 'stranded')) NOT VALID;
