"""Run once: writes decay.jsonl."""
from decay_record import BASE, EPOCHS, FILE, VALUES, conditions, repeat_run, seed_for

if __name__ == "__main__":
    with open(FILE, "w") as file:
        for value in VALUES:
            file.write(repeat_run({"weight_decay": value, **BASE, "seed": seed_for("CS20M017"), **conditions()}, EPOCHS))
