import time
from fifteen_epochs import FILE, all_settings, repeat_run

if __name__ == "__main__":
    with open(FILE, "w") as file:
        for settings in all_settings():
            t = time.process_time()
            file.write(repeat_run(settings, 15))
            print(settings["optimizer"], time.process_time() - t)
