# Two commands: `make run` and `make test`. The rest is for those who change the code.
# WITHOUT=browser,types leaves checks (and what they need) out; the last lines then say so.

PYTHON ?= python3
VENV := .venv/bin/python
MANAGE := $(VENV) manage.py
FRESH = $(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed." if sys.version_info < (3, 11) else 0)'

.DEFAULT_GOAL := help
.PHONY: help run up test quick check nightly setup setup-test reset demo diagrams pictures messages coverage exchange mutate

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 18

run: setup  ## set up, play the demo case once, serve until Ctrl-C
	@$(MANAGE) up --demo

up: setup  ## set up and serve, without the demo
	@$(MANAGE) up

test: setup-test  ## set up and run all checks and tests
	@$(VENV) -m config.server.checks all

quick:  ## lint and the tests of the law, under 10 s
	@$(VENV) -m config.server.checks quick

check:  ## lint, types, imports, fast tests, under 60 s
	@$(VENV) -m config.server.checks check

setup:  ## everything that `make run` needs; done steps are skipped
	@$(FRESH)
	@$(PYTHON) -m config.server.setup run

setup-test:
	@$(FRESH)
	@$(PYTHON) -m config.server.setup test

reset:  ## ask, then forget the data of this checkout
	@$(MANAGE) reset

demo: setup  ## play the demo case into the data, without serving
	@$(MANAGE) up --demo --once

diagrams:  ## draw the process diagrams of docs/reference/journey anew
	@$(MANAGE) draw_journey

pictures: setup-test  ## take the pictures of docs/ anew in a house with open cases
	@$(VENV) -m pytest -q tests/browser/take_pictures.py

messages:  ## collect texts for translation, then compile them
	@$(MANAGE) makemessages --locale zh_Hans --no-obsolete --no-location --ignore 'node_modules/*' --ignore '.venv/*'
	@$(PYTHON) -m config.server.setup run

nightly: setup-test coverage  ## the slow proofs: the tests' own code with larger counts
	@WUFANG_CASES=20 $(VENV) -m pytest -q tests/rules
	@WUFANG_LIFE_STEPS=$${WUFANG_LIFE_STEPS:-100000} WUFANG_LIFE_SEED=$${WUFANG_LIFE_SEED:-$$(date +%Y%m%d)} $(VENV) -m pytest -q -n 2 tests/process/test_life.py
	@WUFANG_KILLS=25 $(VENV) -m pytest -q tests/journey
	@WUFANG_PAPERS=500 $(VENV) -m pytest -q tests/documents/test_speed.py
	@WUFANG_REFERRALS=10000 $(VENV) -m pytest -q tests/exchange/test_two_houses.py
	@WUFANG_TOWN=all $(VENV) -m pytest -q tests/browser/test_every_page.py

exchange: setup-test  ## 2,000 referrals between two installations over a failing line
	@WUFANG_REFERRALS=$${WUFANG_REFERRALS:-2000} $(VENV) -m pytest -q tests/exchange/test_two_houses.py

mutate: setup-test  ## mutation test of the dates and the money of the law (about 20 CPU minutes)
	@rm -rf mutants
	@$(VENV) -m mutmut run --max-children 2
	@$(VENV) bench/mutation.py
