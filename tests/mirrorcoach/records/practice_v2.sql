-- A store as version 2 of the tables wrote it.
BEGIN TRANSACTION;
CREATE TABLE answer (
	id INTEGER NOT NULL, 
	practice_id INTEGER NOT NULL, 
	exercise VARCHAR NOT NULL, 
	question VARCHAR NOT NULL, 
	answer BOOLEAN, 
	PRIMARY KEY (id), 
	FOREIGN KEY(practice_id) REFERENCES practice (id)
);
INSERT INTO "answer" VALUES(1,1,'cheek_puff','even',1);
INSERT INTO "answer" VALUES(2,1,'vowels','neck',NULL);
INSERT INTO "answer" VALUES(3,3,'vowels','neck',0);
CREATE TABLE practice (
	id INTEGER NOT NULL, 
	started_at VARCHAR NOT NULL, 
	programme VARCHAR NOT NULL, 
	provenance VARCHAR NOT NULL, 
	ended_at VARCHAR, 
	ending VARCHAR, 
	practised_s FLOAT, 
	felt VARCHAR, 
	PRIMARY KEY (id)
);
INSERT INTO "practice" VALUES(1,'2026-05-04T07:10:00+00:00','synkinesis','{"mirrorcoach": "0.1.0", "mediapipe": "0.10.21", "opencv": "4.11.0.86", "numba": "0.60.0", "options": {"programme": "synkinesis"}, "scoring": 1}','2026-05-04T07:19:30+00:00','done',570.0,'tired');
INSERT INTO "practice" VALUES(2,'2026-05-04T17:02:00+00:00','flaccid','{"mirrorcoach": "0.1.0", "mediapipe": "0.10.21", "opencv": "4.11.0.86", "numba": "0.60.0", "options": {"programme": "synkinesis"}, "scoring": 1}',NULL,NULL,NULL,NULL);
INSERT INTO "practice" VALUES(3,'2026-05-05T07:12:00+00:00','synkinesis','{"mirrorcoach": "0.1.0", "mediapipe": "0.10.21", "opencv": "4.11.0.86", "numba": "0.60.0", "options": {"programme": "synkinesis"}, "scoring": 1}','2026-05-05T07:16:00+00:00','ended',240.0,'light');
CREATE TABLE profile (
	id INTEGER NOT NULL, 
	content VARCHAR NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "profile" VALUES(1,'{"name":"Zoé","affected":"right","stage":"synkinesis","since":"2025-11","events":[{"kind":"botulinum_toxin","day":"2026-02-10"}],"consents":{"results":true,"photographs":false},"informed":true,"settings":{"language":"fr","text_percent":125,"colours":"light","captions":true,"sounds":true,"voice":false,"volume_percent":70,"less_motion":false,"slow_pace":false,"view":"mirror","programme":"synkinesis","camera":0,"mirrored_camera":false,"ipd_mm":null}}');
CREATE TABLE repetition (
	id INTEGER NOT NULL, 
	practice_id INTEGER NOT NULL, 
	content VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(practice_id) REFERENCES practice (id)
);
INSERT INTO "repetition" VALUES(1,1,'{"index": 0, "exercise": "smile_closed", "start_s": 12.0, "hold_start_s": 15.0, "hold_end_s": 18.0, "end_s": 21.0, "measurable": true, "reasons": [], "left": {"excursion_mm": 6.0, "excursion_interval_mm": [5.6, 6.4], "onset_s": 12.5, "peak_speed_mm_s": 3.1, "hold_spread_mm": 0.12}, "right": {"excursion_mm": 3.5, "excursion_interval_mm": [3.1, 3.9], "onset_s": 12.5, "peak_speed_mm_s": 3.1, "hold_spread_mm": 0.12}, "symmetry": 0.583, "symmetry_interval": [0.523, 0.643], "weaker_side": "right", "path_agreement": 0.97, "onset_lag_s": 0.1, "returned": 0.93, "quiet": [{"region": "eye", "side": "right", "change": 0.11, "unit": "ratio", "interval": [0.03, 0.19], "flag": "mild"}], "manner": [], "marks": {"evenness": 0.6, "calm": 0.75, "slowness": 1.0, "steadiness": 0.9, "rest": 1.0}, "score": 71.5}');
INSERT INTO "repetition" VALUES(2,1,'{"index": 1, "exercise": "smile_closed", "start_s": 26.0, "hold_start_s": 29.0, "hold_end_s": 32.0, "end_s": 35.0, "measurable": true, "reasons": [], "left": {"excursion_mm": 5.8, "excursion_interval_mm": [5.4, 6.2], "onset_s": 26.5, "peak_speed_mm_s": 3.1, "hold_spread_mm": 0.12}, "right": {"excursion_mm": 3.6, "excursion_interval_mm": [3.2, 4.0], "onset_s": 26.5, "peak_speed_mm_s": 3.1, "hold_spread_mm": 0.12}, "symmetry": 0.621, "symmetry_interval": [0.561, 0.681], "weaker_side": "right", "path_agreement": 0.97, "onset_lag_s": 0.1, "returned": 0.93, "quiet": [{"region": "eye", "side": "right", "change": 0.11, "unit": "ratio", "interval": [0.03, 0.19], "flag": "mild"}], "manner": ["too_fast"], "marks": {"evenness": 0.6, "calm": 0.75, "slowness": 1.0, "steadiness": 0.9, "rest": 1.0}, "score": 71.5}');
INSERT INTO "repetition" VALUES(3,1,'{"index": 2, "exercise": "eye_close_gentle", "start_s": 44.0, "hold_start_s": null, "hold_end_s": null, "end_s": 53.0, "measurable": false, "reasons": ["The head was turned 14 degrees further than at rest."], "left": {"excursion_mm": null, "excursion_interval_mm": null, "onset_s": null, "peak_speed_mm_s": null, "hold_spread_mm": null}, "right": {"excursion_mm": null, "excursion_interval_mm": null, "onset_s": null, "peak_speed_mm_s": null, "hold_spread_mm": null}, "symmetry": null, "symmetry_interval": null, "weaker_side": null, "path_agreement": null, "onset_lag_s": null, "returned": null, "quiet": [], "manner": [], "marks": {"evenness": null, "calm": null, "slowness": null, "steadiness": null, "rest": null}, "score": null}');
INSERT INTO "repetition" VALUES(4,2,'{"index": 0, "exercise": "brow_lift", "start_s": 10.0, "hold_start_s": 13.0, "hold_end_s": 16.0, "end_s": 19.0, "measurable": true, "reasons": [], "left": {"excursion_mm": 4.1, "excursion_interval_mm": [3.7, 4.5], "onset_s": 10.5, "peak_speed_mm_s": 3.1, "hold_spread_mm": 0.12}, "right": {"excursion_mm": 2.2, "excursion_interval_mm": [1.8, 2.6], "onset_s": 10.5, "peak_speed_mm_s": 3.1, "hold_spread_mm": 0.12}, "symmetry": 0.537, "symmetry_interval": [0.477, 0.597], "weaker_side": "right", "path_agreement": 0.97, "onset_lag_s": 0.1, "returned": 0.93, "quiet": [{"region": "eye", "side": "right", "change": 0.11, "unit": "ratio", "interval": [0.03, 0.19], "flag": "mild"}], "manner": [], "marks": {"evenness": 0.6, "calm": 0.75, "slowness": 1.0, "steadiness": 0.9, "rest": 1.0}, "score": 71.5}');
CREATE INDEX ix_repetition_practice_id ON repetition (practice_id);
CREATE INDEX ix_answer_practice_id ON answer (practice_id);
COMMIT;
PRAGMA user_version = 2;
