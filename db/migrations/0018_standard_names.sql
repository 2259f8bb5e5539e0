-- New names beside the former ones, which the build before uses on the same database; triggers keep both equal, in both directions.
-- The table that readers wait for is locked last, so that it is locked for the shortest time.
ALTER TABLE "draft_documents" ADD COLUMN "pending_history" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "draft_documents" ADD COLUMN "pending_history_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "draft_documents" ADD COLUMN "restored_notice" jsonb;--> statement-breakpoint
UPDATE "draft_documents" SET "pending_history" = "untold", "pending_history_since" = "untold_since", "restored_notice" = "put_back"
  WHERE "untold" <> '{}'::jsonb OR "untold_since" IS NOT NULL OR "put_back" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "draft_documents_pending_history" ON "draft_documents" USING btree ("pending_history_since") WHERE "draft_documents"."pending_history_since" is not null;--> statement-breakpoint
CREATE FUNCTION "sync_former_document_columns"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.pending_history = '{}'::jsonb THEN NEW.pending_history := NEW.untold; ELSE NEW.untold := NEW.pending_history; END IF;
    NEW.pending_history_since := coalesce(NEW.pending_history_since, NEW.untold_since); NEW.untold_since := NEW.pending_history_since;
    NEW.restored_notice := coalesce(NEW.restored_notice, NEW.put_back); NEW.put_back := NEW.restored_notice;
    RETURN NEW;
  END IF;
  IF NEW.pending_history IS DISTINCT FROM OLD.pending_history THEN NEW.untold := NEW.pending_history; ELSE NEW.pending_history := NEW.untold; END IF;
  IF NEW.pending_history_since IS DISTINCT FROM OLD.pending_history_since THEN NEW.untold_since := NEW.pending_history_since; ELSE NEW.pending_history_since := NEW.untold_since; END IF;
  IF NEW.restored_notice IS DISTINCT FROM OLD.restored_notice THEN NEW.put_back := NEW.restored_notice; ELSE NEW.restored_notice := NEW.put_back; END IF;
  RETURN NEW;
END
$$;--> statement-breakpoint
CREATE TRIGGER "draft_documents_former_columns" BEFORE INSERT OR UPDATE ON "draft_documents" FOR EACH ROW
  WHEN ((NEW.pending_history, NEW.pending_history_since, NEW.restored_notice) IS DISTINCT FROM (NEW.untold, NEW.untold_since, NEW.put_back))
  EXECUTE FUNCTION "sync_former_document_columns"();--> statement-breakpoint
ALTER TABLE "settings" ADD COLUMN "values" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
UPDATE "settings" SET "values" = jsonb_build_object('reportersMayPublishAlone', "reporters_may_publish_alone");--> statement-breakpoint
CREATE FUNCTION "sync_former_settings"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  name CONSTANT text := 'reportersMayPublishAlone';
  is_former boolean;
BEGIN
  IF TG_OP = 'INSERT' THEN
    is_former := NOT NEW."values" ? name;
  ELSE
    is_former := NEW."values" -> name IS NOT DISTINCT FROM OLD."values" -> name AND NEW.reporters_may_publish_alone <> OLD.reporters_may_publish_alone;
  END IF;
  IF is_former THEN
    NEW."values" := NEW."values" || jsonb_build_object(name, NEW.reporters_may_publish_alone);
  ELSE
    NEW.reporters_may_publish_alone := coalesce((NEW."values" ->> name)::boolean, false);
  END IF;
  RETURN NEW;
END
$$;--> statement-breakpoint
CREATE TRIGGER "settings_former_columns" BEFORE INSERT OR UPDATE ON "settings" FOR EACH ROW EXECUTE FUNCTION "sync_former_settings"();--> statement-breakpoint
ALTER TABLE "stories" ADD COLUMN "idempotency_key" text;--> statement-breakpoint
-- Whoever sends a form a second time does it soon.
UPDATE "stories" SET "idempotency_key" = "begun_as" WHERE "begun_as" IS NOT NULL AND "created_at" > now() - interval '30 days';--> statement-breakpoint
CREATE UNIQUE INDEX "stories_idempotency_key" ON "stories" USING btree ("idempotency_key") WHERE "stories"."idempotency_key" is not null;--> statement-breakpoint
CREATE FUNCTION "sync_former_story_columns"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.idempotency_key := coalesce(NEW.idempotency_key, NEW.begun_as);
  NEW.begun_as := NEW.idempotency_key;
  RETURN NEW;
END
$$;--> statement-breakpoint
CREATE TRIGGER "stories_former_columns" BEFORE INSERT ON "stories" FOR EACH ROW
  WHEN (NEW.idempotency_key IS DISTINCT FROM NEW.begun_as) EXECUTE FUNCTION "sync_former_story_columns"();
