//! The Stackport plugin ABI, version 1, for Rust: stackport/plugin.h and stackport/offers.h of the
//! SDK, in `#[repr(C)]`, with a safe layer over it. The header says for every pointer who owns it
//! and how long it lives. Needs the standard library only, and Rust 1.60.
#![allow(dead_code)]

use std::ffi::CStr;
use std::mem::size_of;
use std::os::raw::{c_char, c_void};
use std::panic::{catch_unwind, AssertUnwindSafe};

pub const ABI_VERSION: u32 = 1;
pub const ENTRY_MAGIC: u32 = 0x5452_4F50;
pub const OK: i32 = 0;
pub const INVALID: i32 = 1;
pub const FAILED: i32 = 4;

#[repr(C)]
pub struct Text {
    pub data: *const u8,
    pub length: u64,
}

#[repr(C)]
pub struct Sink {
    pub size: u32,
    pub reserved: u32,
    pub context: *mut c_void,
    pub component: extern "C" fn(*mut c_void, *const u8, u64) -> i32,
    pub error: extern "C" fn(*mut c_void, *const u8, u64) -> i32,
    pub progress: extern "C" fn(*mut c_void, u64, u64) -> i32,
}

#[repr(C)]
pub struct CoreTable {
    pub size: u32,
    pub reserved: u32,
    pub plugin_id: Text,
    pub plugin_version: Text,
    pub describe: extern "C" fn(*const Sink) -> i32,
}

#[repr(C)]
pub struct OfferSink {
    pub size: u32,
    pub reserved: u32,
    pub context: *mut c_void,
    pub offer: extern "C" fn(*mut c_void, *const u8, u64) -> i32,
    pub error: extern "C" fn(*mut c_void, *const u8, u64) -> i32,
}

#[repr(C)]
pub struct OfferQuery {
    pub size: u32,
    pub country: [u8; 4],
    pub component_id: Text,
    pub quantity: u64,
}

#[repr(C)]
pub struct OffersTable {
    pub size: u32,
    pub reserved: u32,
    pub tabulate: extern "C" fn(*const OfferQuery, *const OfferSink) -> i32,
}

#[repr(C)]
pub struct Entry {
    pub size: u32,
    pub magic: u32,
    pub abi_min: u32,
    pub abi_max: u32,
    pub get_table: extern "C" fn(*const c_char, u32) -> *const c_void,
}

// Constant data with pointers to constant data: any thread may read it.
unsafe impl Sync for CoreTable {}
unsafe impl Sync for OffersTable {}

const _: () = assert!(size_of::<Sink>() == 40 && size_of::<CoreTable>() == 48);
const _: () = assert!(size_of::<OfferSink>() == 32 && size_of::<OfferQuery>() == 32);
const _: () = assert!(size_of::<OffersTable>() == 16 && size_of::<Entry>() == 24);

/// Where `describe` puts the components.
pub struct Catalog<'a> {
    sink: &'a Sink,
}

impl Catalog<'_> {
    /// One component: a JSON document of the form stackport.component/1.
    pub fn component(&mut self, json: &str) -> Result<(), String> {
        let bytes = json.as_bytes();
        match (self.sink.component)(self.sink.context, bytes.as_ptr(), bytes.len() as u64) {
            OK => Ok(()),
            status => Err(format!("the host refused a component with status {status}")),
        }
    }
}

/// What an offers function is asked.
pub struct Query<'a> {
    pub component: &'a str,
    pub country: &'a str,
    pub quantity: u64,
}

/// Where an offers function puts the offers that answer one query.
pub struct Offers<'a> {
    sink: &'a OfferSink,
}

impl Offers<'_> {
    /// One offer: a JSON object as in "offers" of a component document.
    pub fn offer(&mut self, json: &str) -> Result<(), String> {
        let bytes = json.as_bytes();
        match (self.sink.offer)(self.sink.context, bytes.as_ptr(), bytes.len() as u64) {
            OK => Ok(()),
            status => Err(format!("the host refused an offer with status {status}")),
        }
    }
}

/// `text` as a JSON string, with its quotes.
pub fn quote(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            control if control < ' ' => quoted += &format!("\\u{:04x}", control as u32),
            other => quoted.push(other),
        }
    }
    quoted + "\""
}

pub type Describe = fn(&mut Catalog) -> Result<(), String>;
pub type Tabulate = fn(&Query, &mut Offers) -> Result<(), String>;

// No panic crosses the border: it becomes the host's error message.
fn guarded(body: impl FnOnce() -> Result<(), String>) -> Result<(), String> {
    catch_unwind(AssertUnwindSafe(body)).unwrap_or_else(|panic| {
        let message = panic.downcast_ref::<&str>().map(|text| text.to_string());
        let message = message.or_else(|| panic.downcast_ref::<String>().cloned());
        Err(format!(
            "the plugin panicked: {}",
            message.unwrap_or_default()
        ))
    })
}

pub fn run_describe(sink: *const Sink, describe: Describe) -> i32 {
    // The host owns the sink; it is valid during this call.
    let sink = match unsafe { sink.as_ref() } {
        Some(sink) => sink,
        None => return INVALID,
    };
    match guarded(|| describe(&mut Catalog { sink })) {
        Ok(()) => OK,
        Err(message) => {
            (sink.error)(sink.context, message.as_ptr(), message.len() as u64);
            FAILED
        }
    }
}

pub fn run_tabulate(query: *const OfferQuery, sink: *const OfferSink, tabulate: Tabulate) -> i32 {
    let (query, sink) = match (unsafe { query.as_ref() }, unsafe { sink.as_ref() }) {
        (Some(query), Some(sink)) => (query, sink),
        _ => return INVALID,
    };
    let result = guarded(|| {
        let id = &query.component_id;
        // The host's own text, valid during this call.
        let component = unsafe { std::slice::from_raw_parts(id.data, id.length as usize) };
        let query = Query {
            component: std::str::from_utf8(component).map_err(|error| error.to_string())?,
            country: std::str::from_utf8(&query.country[..2]).map_err(|error| error.to_string())?,
            quantity: query.quantity,
        };
        tabulate(&query, &mut Offers { sink })
    });
    match result {
        Ok(()) => OK,
        Err(message) => {
            (sink.error)(sink.context, message.as_ptr(), message.len() as u64);
            FAILED
        }
    }
}

/// Whether the host asks for this table.
pub fn is_table(id: *const c_char, revision: u32, name: &str) -> bool {
    // Zero-terminated, by the ABI.
    !id.is_null() && revision == 1 && unsafe { CStr::from_ptr(id) }.to_bytes() == name.as_bytes()
}

/// Defines the plugin: its id, its version, the function that describes its components and, for a
/// price list that is a program, the function that answers a query with offers.
#[macro_export]
macro_rules! stackport_plugin {
    ($plugin:literal, $version:literal, $describe:ident $(, $tabulate:ident)?) => {
        mod stackport_border {
            use std::os::raw::{c_char, c_void};

            use $crate::stackport::*;

            const fn text(text: &'static str) -> Text {
                Text {
                    data: text.as_ptr(),
                    length: text.len() as u64,
                }
            }

            extern "C" fn describe(sink: *const Sink) -> i32 {
                run_describe(sink, super::$describe)
            }

            static CORE: CoreTable = CoreTable {
                size: std::mem::size_of::<CoreTable>() as u32,
                reserved: 0,
                plugin_id: text($plugin),
                plugin_version: text($version),
                describe,
            };

            $(
                extern "C" fn tabulate(query: *const OfferQuery, sink: *const OfferSink) -> i32 {
                    run_tabulate(query, sink, super::$tabulate)
                }

                static OFFERS: OffersTable = OffersTable {
                    size: std::mem::size_of::<OffersTable>() as u32,
                    reserved: 0,
                    tabulate,
                };
            )?

            extern "C" fn get_table(id: *const c_char, revision: u32) -> *const c_void {
                if is_table(id, revision, "stackport.core") {
                    return &CORE as *const CoreTable as *const c_void;
                }
                $(
                    let _ = super::$tabulate;
                    if is_table(id, revision, "stackport.offers") {
                        return &OFFERS as *const OffersTable as *const c_void;
                    }
                )?
                std::ptr::null()
            }

            /// The one exported symbol.
            #[no_mangle]
            #[allow(non_upper_case_globals)]
            pub static stackport_plugin_entry: Entry = Entry {
                size: std::mem::size_of::<Entry>() as u32,
                magic: ENTRY_MAGIC,
                abi_min: ABI_VERSION,
                abi_max: ABI_VERSION,
                get_table,
            };
        }
    };
}
