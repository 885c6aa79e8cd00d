-- A store as version 1 of the tables wrote it.
BEGIN TRANSACTION;
CREATE TABLE practice (
	id INTEGER NOT NULL, 
	started_at VARCHAR NOT NULL, 
	programme VARCHAR NOT NULL, 
	provenance VARCHAR NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "practice" VALUES(1,'2026-03-02T07:30:00+00:00','first_steps','{"mirrorcoach": "0.1.0", "mediapipe": "0.10.21", "options": {"programme": "first_steps"}}');
INSERT INTO "practice" VALUES(2,'2026-03-02T12:05:00+00:00','flaccid','{"mirrorcoach": "0.1.0", "mediapipe": "0.10.21", "options": {"programme": "first_steps"}}');
INSERT INTO "practice" VALUES(3,'2026-03-03T18:40:00+00:00','first_steps','{"mirrorcoach": "0.1.0", "mediapipe": "0.10.21", "options": {"programme": "first_steps"}}');
CREATE TABLE repetition (
	id INTEGER NOT NULL, 
	practice_id INTEGER NOT NULL, 
	content VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(practice_id) REFERENCES practice (id)
);
INSERT INTO "repetition" VALUES(1,1,'{"index": 0, "exercise": "smile_closed", "start_s": 12.0, "hold_start_s": 15.0, "hold_end_s": 18.0, "end_s": 21.0, "measurable": true, "reasons": [], "left": {"excursion_mm": 6.0, "excursion_interval_mm": [5.5, 6.5], "onset_s": 12.5, "peak_speed_mm_s": 3.2, "hold_spread_mm": 0.1}, "right": {"excursion_mm": 3.5, "excursion_interval_mm": [3.1, 3.9], "onset_s": 12.6, "peak_speed_mm_s": 2.1, "hold_spread_mm": 0.1}, "symmetry": 0.583, "symmetry_interval": [0.523, 0.643], "weaker_side": "right", "path_agreement": 0.98, "onset_lag_s": 0.1, "returned": 0.95, "quiet": [{"region": "eye", "side": "right", "change": 0.04, "unit": "ratio", "interval": [-0.04, 0.12], "flag": "none"}], "manner": [], "marks": {"evenness": 0.641, "calm": 1.0, "slowness": 1.0, "steadiness": 0.9, "rest": 1.0}, "score": 80.0}');
INSERT INTO "repetition" VALUES(2,1,'{"index": 1, "exercise": "smile_closed", "start_s": 26.0, "hold_start_s": 29.0, "hold_end_s": 32.0, "end_s": 35.0, "measurable": true, "reasons": ["The right side moved less than the 0.5 mm that can be told from rest."], "left": {"excursion_mm": 5.8, "excursion_interval_mm": [5.3, 6.3], "onset_s": 26.5, "peak_speed_mm_s": 3.2, "hold_spread_mm": 0.1}, "right": {"excursion_mm": null, "excursion_interval_mm": [0.0, 0.6], "onset_s": null, "peak_speed_mm_s": null, "hold_spread_mm": null}, "symmetry": null, "symmetry_interval": [0.0, 0.12], "weaker_side": "right", "path_agreement": null, "onset_lag_s": null, "returned": 0.95, "quiet": [{"region": "eye", "side": "right", "change": 0.04, "unit": "ratio", "interval": [-0.04, 0.12], "flag": "none"}], "manner": [], "marks": {"evenness": null, "calm": 1.0, "slowness": 1.0, "steadiness": 0.9, "rest": 1.0}, "score": null}');
INSERT INTO "repetition" VALUES(3,1,'{"index": 2, "exercise": "smile_closed", "start_s": 40.0, "hold_start_s": 43.0, "hold_end_s": 46.0, "end_s": 49.0, "measurable": true, "reasons": [], "left": {"excursion_mm": 6.1, "excursion_interval_mm": [5.6, 6.6], "onset_s": 40.5, "peak_speed_mm_s": 3.2, "hold_spread_mm": 0.1}, "right": {"excursion_mm": 3.7, "excursion_interval_mm": [3.3, 4.1], "onset_s": 40.6, "peak_speed_mm_s": 2.1, "hold_spread_mm": 0.1}, "symmetry": 0.607, "symmetry_interval": [0.547, 0.667], "weaker_side": "right", "path_agreement": 0.98, "onset_lag_s": 0.1, "returned": 0.95, "quiet": [{"region": "eye", "side": "right", "change": 0.04, "unit": "ratio", "interval": [-0.04, 0.12], "flag": "none"}], "manner": [], "marks": {"evenness": 0.667, "calm": 1.0, "slowness": 1.0, "steadiness": 0.9, "rest": 1.0}, "score": 80.0}');
INSERT INTO "repetition" VALUES(4,3,'{"index": 0, "exercise": "smile_closed", "start_s": 20.0, "hold_start_s": 23.0, "hold_end_s": 26.0, "end_s": 29.0, "measurable": true, "reasons": [], "left": {"excursion_mm": 5.9, "excursion_interval_mm": [5.4, 6.4], "onset_s": 20.5, "peak_speed_mm_s": 3.2, "hold_spread_mm": 0.1}, "right": {"excursion_mm": 4.0, "excursion_interval_mm": [3.6, 4.4], "onset_s": 20.6, "peak_speed_mm_s": 2.1, "hold_spread_mm": 0.1}, "symmetry": 0.678, "symmetry_interval": [0.618, 0.738], "weaker_side": "right", "path_agreement": 0.98, "onset_lag_s": 0.1, "returned": 0.95, "quiet": [{"region": "eye", "side": "right", "change": 0.04, "unit": "ratio", "interval": [-0.04, 0.12], "flag": "none"}], "manner": [], "marks": {"evenness": 0.745, "calm": 1.0, "slowness": 1.0, "steadiness": 0.9, "rest": 1.0}, "score": 80.0}');
CREATE INDEX ix_repetition_practice_id ON repetition (practice_id);
COMMIT;
PRAGMA user_version = 1;
