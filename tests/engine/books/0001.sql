BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE conflicts (
	number INTEGER NOT NULL, 
	assignment VARCHAR(100) NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	slot VARCHAR(400) NOT NULL, 
	replaces INTEGER NOT NULL, 
	person INTEGER, 
	submission INTEGER, 
	about VARCHAR(200) NOT NULL, 
	value TEXT NOT NULL, 
	note INTEGER, 
	who VARCHAR(200) NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (number), 
	FOREIGN KEY(person) REFERENCES people (number), 
	FOREIGN KEY(submission) REFERENCES submissions (number), 
	FOREIGN KEY(note) REFERENCES notes (number)
);
INSERT INTO "conflicts" VALUES(1,'hw1','mark','hw1/mark//1/sums.double.proof',0,NULL,1,'sums.double.proof','{"marks": "2", "work": "d1"}',3,'alan','2024-06-21 03:32:30.000002');
CREATE TABLE listed (
	slot VARCHAR(400) NOT NULL, 
	record INTEGER NOT NULL, 
	PRIMARY KEY (slot)
);
INSERT INTO "listed" VALUES('hw1/mark//1/sums.double.proof',8);
CREATE TABLE notes (
	number INTEGER NOT NULL, 
	text TEXT, 
	PRIMARY KEY (number)
);
INSERT INTO "notes" VALUES(1,NULL);
INSERT INTO "notes" VALUES(2,'One step is missing; “why”?');
INSERT INTO "notes" VALUES(3,'It''s all there
— really');
INSERT INTO "notes" VALUES(4,'convincing');
INSERT INTO "notes" VALUES(5,'the only one');
INSERT INTO "notes" VALUES(6,'ill');
INSERT INTO "notes" VALUES(7,'the sign is the other convention');
INSERT INTO "notes" VALUES(8,'it was somebody else');
CREATE TABLE people (
	number INTEGER NOT NULL, 
	id VARCHAR(300), 
	PRIMARY KEY (number), 
	UNIQUE (id)
);
INSERT INTO "people" VALUES(1,'cs23b001');
INSERT INTO "people" VALUES(2,'cs23b002');
INSERT INTO "people" VALUES(3,NULL);
CREATE TABLE records (
	number INTEGER NOT NULL, 
	assignment VARCHAR(100) NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	slot VARCHAR(400) NOT NULL, 
	replaces INTEGER NOT NULL, 
	person INTEGER, 
	submission INTEGER, 
	about VARCHAR(200) NOT NULL, 
	value TEXT NOT NULL, 
	note INTEGER, 
	who VARCHAR(200) NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (number), 
	UNIQUE (slot, replaces), 
	FOREIGN KEY(person) REFERENCES people (number), 
	FOREIGN KEY(submission) REFERENCES submissions (number), 
	FOREIGN KEY(note) REFERENCES notes (number)
);
INSERT INTO "records" VALUES(1,'hw1','hand_in','hw1/hand_in/1/1/d1',0,1,1,'d1','{"people": 1, "time": "2024-06-20T23:00:00+05:30"}',NULL,'grader','2024-06-21 03:30:30.000000');
INSERT INTO "records" VALUES(2,'hw1','hand_in','hw1/hand_in/2/3/d2',0,2,3,'d2','{"people": 1, "time": "2024-06-21T12:00:00+05:30"}',NULL,'grader','2024-06-21 03:30:30.000000');
INSERT INTO "records" VALUES(3,'hw1','hand_in','hw1/hand_in/3/2/d3',0,3,2,'d3','{"people": 1}',NULL,'grader','2024-06-21 03:30:30.000000');
INSERT INTO "records" VALUES(4,'hw1','result','hw1/result//1/d1',0,NULL,1,'d1','{"criteria": {"sums.double.proof": ["to_be_marked", "0"], "sums.double.value": ["passed", "1"]}, "file": "0000000000000000000000000000000000000000000000000000000000000000"}',NULL,'grader','2024-06-21 03:30:30.000000');
INSERT INTO "records" VALUES(5,'hw1','result','hw1/result//2/',0,NULL,2,'','{"refused": true}',1,'grader','2024-06-21 03:30:30.000000');
INSERT INTO "records" VALUES(6,'hw1','result','hw1/result//3/d2',0,NULL,3,'d2','{"criteria": {"sums.double.proof": ["to_be_marked", "0"], "sums.double.value": ["failed", "0"]}, "file": "1111111111111111111111111111111111111111111111111111111111111111"}',NULL,'grader','2024-06-21 03:30:30.000000');
INSERT INTO "records" VALUES(7,'hw1','rubric','hw1/rubric///',0,NULL,NULL,'','{"rubric": "{\"assignment\":\"hw1\",\"title\":\"Sums\",\"marks\":\"3\",\"submissions\":{\"deadline\":\"2024-06-20T23:59:00+05:30\"},\"policy\":{\"late\":{\"per\":\"day\",\"percent\":\"10\"},\"rounding\":{\"to\":\"0.25\"}},\"questions\":[{\"id\":\"sums.double\",\"title\":\"Twice\",\"module\":\"sums\",\"names\":[\"double\"],\"criteria\":[{\"id\":\"sums.double.value\",\"title\":\"twice\",\"marks\":\"1\"},{\"id\":\"sums.double.proof\",\"title\":\"proof\",\"marks\":\"2\",\"manual\":true}]}]}"}',NULL,'grader','2024-06-21 03:30:30.000000');
INSERT INTO "records" VALUES(8,'hw1','mark','hw1/mark//1/sums.double.proof',0,NULL,1,'sums.double.proof','{"marks": "1.5", "work": "d1"}',2,'grace','2024-06-21 03:31:30.000001');
INSERT INTO "records" VALUES(9,'hw1','adjustment','hw1/adjustment/2//Oral exam',0,2,NULL,'Oral exam','{"marks": "0.5"}',4,'grace','2024-06-21 03:35:30.000005');
INSERT INTO "records" VALUES(10,'hw1','choice','hw1/choice/2//',0,2,NULL,'','{"work": "d2"}',5,'grace','2024-06-21 03:37:30.000007');
INSERT INTO "records" VALUES(11,'hw1','extension','hw1/extension/2//',0,2,NULL,'','{"until": "2024-06-21T00:30:00+05:30"}',6,'grace','2024-06-21 03:36:30.000006');
INSERT INTO "records" VALUES(12,'hw1','mark','hw1/mark//3/sums.double.proof',0,NULL,3,'sums.double.proof','{"marks": "1", "work": "d2"}',NULL,'grace','2024-06-21 03:33:30.000003');
INSERT INTO "records" VALUES(13,'hw1','override','hw1/override/2//sums.double.value',0,2,NULL,'sums.double.value','{"marks": "1"}',7,'grace','2024-06-21 03:34:30.000004');
INSERT INTO "records" VALUES(14,'hw1','publication','hw1/publication/2//moodle',0,2,NULL,'moodle','{"marks": "2.25"}',NULL,'grace','2024-06-21 03:38:30.000008');
INSERT INTO "records" VALUES(15,'hw1','adjustment','hw1/adjustment/2//Oral exam',9,2,NULL,'Oral exam','{}',8,'alan','2024-06-21 03:39:30.000009');
CREATE TABLE submissions (
	number INTEGER NOT NULL, 
	assignment VARCHAR(100) NOT NULL, 
	name VARCHAR(500), 
	file VARCHAR(500), 
	PRIMARY KEY (number), 
	UNIQUE (assignment, name)
);
INSERT INTO "submissions" VALUES(1,'hw1','Ada Lovelace_51001',NULL);
INSERT INTO "submissions" VALUES(2,'hw1',NULL,NULL);
INSERT INTO "submissions" VALUES(3,'hw1','Łucja Ünal_51002',NULL);
CREATE INDEX ix_records_assignment ON records (assignment);
CREATE INDEX ix_records_person ON records (person);
CREATE INDEX ix_conflicts_assignment ON conflicts (assignment);
CREATE INDEX ix_conflicts_person ON conflicts (person);
COMMIT;
